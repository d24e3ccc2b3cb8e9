; Inno Setup 6: iscc /DKit=C:\path\to\kit /DVersion=0.1.0 packaging\windows\larets.iss
; Installs a kit that packaging/kit.py made on Windows, for the user alone, without administrator
; rights. The uninstaller asks what becomes of the data and keeps it unless told otherwise.
#ifndef Kit
  #error Give the folder of the kit: /DKit=...
#endif
#ifndef Version
  #define Version "0.1.0"
#endif

[Setup]
AppId={{6C6F2B54-6F0C-4A0B-9C53-1B1A5C0E9A71}
AppName=Larets
AppVersion={#Version}
DefaultDirName={localappdata}\Programs\Larets
DefaultGroupName=Larets
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
Compression=lzma2/fast
; models of several gigabytes do not fit into one file
DiskSpanning=yes
OutputBaseFilename=larets-{#Version}-setup
LicenseFile={#Kit}\licences\LARETS-AGPL-3.0.txt
ChangesAssociations=yes
MinVersion=10.0

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "ru"; MessagesFile: "compiler:Languages\Russian.isl"

[CustomMessages]
en.DeleteData=Your documents, conversations and keys are kept in %1.%n%nDelete them too, for ever?
ru.DeleteData=Ваши документы, переписка и ключи хранятся в %1.%n%nУдалить навсегда и их?

[Files]
Source: "{#Kit}\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion; Excludes: "\data\*,\larets-demo\*,\portable,\install.sh,\verify.sh,\larets"

[Icons]
Name: "{group}\Larets"; Filename: "{app}\program\larets.exe"
Name: "{userdesktop}\Larets"; Filename: "{app}\program\larets.exe"

[Registry]
Root: HKCU; Subkey: "Software\Classes\.larets"; ValueType: string; ValueData: "Larets.Transfer"; Flags: uninsdeletekey
Root: HKCU; Subkey: "Software\Classes\Larets.Transfer\shell\open\command"; ValueType: string; ValueData: """{app}\program\larets.exe"" ""%1"""; Flags: uninsdeletekey

[Code]
procedure CurUninstallStepChanged(Step: TUninstallStep);
var
  Data: String;
begin
  Data := ExpandConstant('{localappdata}\larets');
  if (Step = usPostUninstall) and DirExists(Data) then
    if SuppressibleMsgBox(FmtMessage(CustomMessage('DeleteData'), [Data]), mbConfirmation, MB_YESNO or MB_DEFBUTTON2, IDNO) = IDYES then
      DelTree(Data, True, True, True);
end;
