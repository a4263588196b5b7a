; The installer for Windows, made with Inno Setup 6 from the finished folder dist\carrel:
;     iscc /DVersion=0.1.0 packaging\windows\carrel.iss
; Written with care and not tried yet: no Windows machine has run it.
; It installs for the person alone and so needs no administrator; an administrator may choose "for all".
; What people keep lies in %LOCALAPPDATA%\Carrel and is left alone by upgrades and by removing the program.

#ifndef Version
  #error Say the version: iscc /DVersion=0.1.0
#endif

[Setup]
AppId={{6C1E5B6C-7B0B-4C50-9D2B-6B0F5C0C7E11}
AppName=Carrel
AppVersion={#Version}
AppPublisher=The Carrel project
AppComments=Offline reader
DefaultDirName={autopf}\Carrel
DefaultGroupName=Carrel
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
OutputDir=..\..\dist
OutputBaseFilename=carrel-{#Version}-windows-x86_64-setup
SetupIconFile=..\..\resources\icons\carrel.ico
UninstallDisplayIcon={app}\carrel.exe
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "es"; MessagesFile: "compiler:Languages\Spanish.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

; Files of an earlier version that the new one no longer has must not stay among its libraries.
[InstallDelete]
Type: filesandordirs; Name: "{app}\program"

[Files]
Source: "..\..\dist\carrel\*"; DestDir: "{app}"; Excludes: "README.txt,carrel-data"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{group}\Carrel"; Filename: "{app}\carrel.exe"; Comment: "Offline reader"
Name: "{autodesktop}\Carrel"; Filename: "{app}\carrel.exe"; Tasks: desktopicon

[Run]
Filename: "{app}\carrel.exe"; Description: "{cm:LaunchProgram,Carrel}"; Flags: nowait postinstall skipifsilent
