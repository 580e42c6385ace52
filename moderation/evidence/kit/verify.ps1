# Checks this evidence pack on Windows without any of our software.
#   powershell -ExecutionPolicy Bypass -File verify.ps1 [FINGERPRINT]
# FINGERPRINT is what the organisation published for its signing key. It ends with 0 when every
# check passed, with 1 and the name of the file at fault when one did not, and with 2 when all files
# are as listed but there is no openssl to check the signatures with.

param([string]$Fingerprint = "")
$ErrorActionPreference = "Stop"
Set-Location -LiteralPath $PSScriptRoot
$root = (Get-Location).ProviderPath
$key = "verify/signing-key.pub.pem"
$signature = "verify/tagmanifest-sha256.txt.sig"
$own = @("tagmanifest-sha256.txt", $key, $signature)

# Said to the screen and not returned: a function that refuses may be in the middle of an answer.
function Refuse([string]$why) {
    Write-Host "REFUSED: $why"
    Write-Host "THIS PACK IS NOT AS IT WAS MADE."
    exit 1
}

function Get-Sum([string]$name) {
    (Get-FileHash -Algorithm SHA256 -LiteralPath (Join-Path $root $name)).Hash.ToLowerInvariant()
}

# The names in a manifest with their hashes; a line of another form is refused.
function Read-Manifest([string]$manifest) {
    $path = Join-Path $root $manifest
    if (-not (Test-Path -LiteralPath $path -PathType Leaf)) { Refuse "${manifest}: missing" }
    $text = [System.IO.File]::ReadAllText($path)
    if (-not $text.EndsWith("`n")) { Refuse "${manifest}: empty or cut short" }
    $found = New-Object 'System.Collections.Generic.Dictionary[string,string]'
    foreach ($line in $text.Substring(0, $text.Length - 1).Split("`n")) {
        if ($line -cmatch '\A([0-9a-f]{64})  ([A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*)\z') {
            if ($found.ContainsKey($Matches[2])) { Refuse "$($Matches[2]): twice in $manifest" }
            $found[$Matches[2]] = $Matches[1]
        }
        else { Refuse "${manifest}: holds a line that is not a hash and a name" }
    }
    return , $found
}

# Every file is named, every name has its file, and each holds what its hash says.
function Test-Files([string]$manifest, $present) {
    $listed = Read-Manifest $manifest
    $there = New-Object 'System.Collections.Generic.HashSet[string]'
    foreach ($name in $present) {
        [void]$there.Add($name)
        if (-not $listed.ContainsKey($name)) { Refuse "${name}: not named in $manifest" }
    }
    foreach ($name in $listed.Keys) {
        if (-not $there.Contains($name)) { Refuse "${name}: missing" }
        if ((Get-Sum $name) -cne $listed[$name]) { Refuse "${name}: not what $manifest says" }
    }
}

$names = New-Object 'System.Collections.Generic.List[string]'
foreach ($entry in Get-ChildItem -LiteralPath $root -Recurse -Force) {
    $name = $entry.FullName.Substring($root.Length).TrimStart('\', '/').Replace('\', '/')
    if ($entry.Attributes -band [System.IO.FileAttributes]::ReparsePoint) { Refuse "${name}: a link" }
    if (-not $entry.PSIsContainer) { $names.Add($name) }
}
foreach ($name in $own) {
    if (-not $names.Contains($name)) { Refuse "${name}: missing" }
}
Test-Files "manifest-sha256.txt" @($names | Where-Object { $_.StartsWith("data/") })
Test-Files "tagmanifest-sha256.txt" @($names | Where-Object { -not $_.StartsWith("data/") -and $own -cnotcontains $_ })

# The fingerprint is the hash of the key's own bytes, which stand in base 64 between two lines.
$pem = [System.IO.File]::ReadAllText((Join-Path $root $key))
if ($pem -cmatch '\A-----BEGIN PUBLIC KEY-----\n([A-Za-z0-9+/]{59}=)\n-----END PUBLIC KEY-----\n\z') {
    $bytes = [System.Convert]::FromBase64String($Matches[1])
}
else { Refuse "${key}: not a public key as it was written" }
$sha = [System.Security.Cryptography.SHA256]::Create()
$found = ([System.BitConverter]::ToString($sha.ComputeHash($bytes)) -replace "-", "").ToLowerInvariant()
$wanted = ($Fingerprint -replace "[: ]", "").ToLowerInvariant()
if ($wanted -ne "" -and $wanted -cne $found) { Refuse "${key}: its fingerprint is $found, not $wanted" }

$openssl = Get-Command openssl -ErrorAction SilentlyContinue
foreach ($place in @("$env:ProgramFiles\Git\usr\bin\openssl.exe", "$env:ProgramFiles\Git\mingw64\bin\openssl.exe")) {
    if ($null -eq $openssl -and (Test-Path -LiteralPath $place)) { $openssl = Get-Command $place }
}
if ($null -eq $openssl) {
    Write-Host "ALL FILES ARE AS LISTED, but there is no openssl here, so no signature was checked."
    Write-Host "The key has the fingerprint $found"
    exit 2
}

# What openssl says on the side is no error of the script's; only its exit status counts.
function Test-OpenSsl {
    $ErrorActionPreference = "Continue"
    & $openssl.Source @args 2>&1 | Out-Null
    return ($LASTEXITCODE -eq 0)
}

function Test-Signature([string]$by, [string]$sig, [string]$signed) {
    if (-not (Test-OpenSsl pkeyutl -verify -rawin -pubin -inkey $by -sigfile $sig -in $signed)) {
        Refuse "${sig}: does not sign $signed with $by"
    }
}

Test-Signature $key $signature "tagmanifest-sha256.txt"
$seals = 0
$stamps = 0
foreach ($name in $names) {
    if ($name -cmatch '\A(data/items/.+/seal)/manifest-sha256\.txt\z') {
        Test-Signature "$($Matches[1])/signing-key.pub.pem" "$name.sig" $name
        $seals += 1
    }
    elseif ($name -cmatch '\A(data/.+)/([A-Za-z0-9.-]+)\.tsr\z') {
        $authority = "data/authorities/$($Matches[2])-ca.pem"
        $stamped = "$($Matches[1])/manifest-sha256.txt"
        if ($Matches[1] -ceq "data/audit") { $stamped = "data/audit/checkpoint.txt" }
        if (-not (Test-OpenSsl ts -verify -data $stamped -in $name -CAfile $authority)) {
            Refuse "${name}: no stamp over $stamped by $authority (should it be years old, see -attime in VERIFY.txt)"
        }
        $stamps += 1
    }
}
Write-Host "ALL CHECKS PASSED (seals: $seals, time stamps: $stamps)"
Write-Host "Signed with the key $found"
foreach ($name in $names) {
    if ($name -cmatch '\Adata/authorities/.+-ca\.pem\z') { Write-Host "Authority $name has the fingerprint $(Get-Sum $name)" }
}
if ($wanted -eq "") { Write-Host "Compare it with the fingerprint that the organisation published: a forger can put another key here." }
exit 0
