# Checks every file of this kit, with what Windows has: powershell -ExecutionPolicy Bypass -File verify.ps1
# Exit code 0: everything is as it was made. Проверяет каждый файл комплекта; код 0 — всё в порядке.
$ErrorActionPreference = 'Stop'
Set-Location -LiteralPath $PSScriptRoot
$bad = 0
if (-not (Test-Path -LiteralPath 'SHA256SUMS')) {
    Write-Output 'SHA256SUMS is missing: the kit was not finished, or the file was removed.'
    exit 1
}
if (-not (Test-Path -LiteralPath 'SHA256SUMS.sig')) {
    Write-Output 'Signature: none. Only accidental damage can be found.'
} elseif (-not (Get-Command openssl -ErrorAction SilentlyContinue)) {
    Write-Output 'Signature: not checked, openssl is not installed.'
} else {
    & openssl pkeyutl -verify -pubin -inkey signing-key.pub -rawin -in SHA256SUMS -sigfile SHA256SUMS.sig *> $null
    if ($LASTEXITCODE -eq 0) { Write-Output 'Signature: good. Compare the key with what the sender told you.' }
    else { Write-Output 'Signature: WRONG. Do not use this kit.'; $bad = 1 }
}
$known = @{}
foreach ($line in [IO.File]::ReadAllLines((Join-Path $PSScriptRoot 'SHA256SUMS'), [Text.Encoding]::UTF8)) {
    $sum, $name = $line.Substring(0, 64), $line.Substring(68)
    $known[$name] = $true
    if (-not (Test-Path -LiteralPath $name -PathType Leaf)) { Write-Output "missing: $name"; $bad = 1; continue }
    if ((Get-FileHash -LiteralPath $name -Algorithm SHA256).Hash.ToLower() -ne $sum) { Write-Output "changed: $name"; $bad = 1 }
}
foreach ($file in Get-ChildItem -LiteralPath $PSScriptRoot -Recurse -File) {
    $name = $file.FullName.Substring($PSScriptRoot.Length + 1).Replace('\', '/')
    if ($name -like 'data/*' -or $name -like 'larets-demo/*' -or $name -like 'SHA256SUMS*') { continue }
    if (-not $known.ContainsKey($name)) { Write-Output "does not belong to the kit: $name"; $bad = 1 }
}
if ($bad -eq 0) { Write-Output "Files: $($known.Count), all as they were made." }
exit $bad
