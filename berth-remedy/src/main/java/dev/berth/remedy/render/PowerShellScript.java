package dev.berth.remedy.render;

import dev.berth.net.PortRange;
import dev.berth.net.Protocol;
import dev.berth.remedy.policy.Policy;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PowerShell script that looks first, adds only what is missing, and reads the result back. Of what netsh says
 * it takes only digits, the star and the colon, for its words are translated; its exit codes it does not trust.
 */
final class PowerShellScript {
    private PowerShellScript() {}

    static Rendered of(Policy policy) {
        String comment = PolicyInWords.ascii(PolicyInWords.commented(
                "#",
                policy,
                "Printed by `berth ensure --render powershell`: change the policy, not this file.",
                "Changes only what is missing, so a second run changes nothing. Ends with 1 where something is still missing.",
                ""));
        Policy.DynamicRange range = policy.dynamicRange();
        String text = comment
                + """
                #Requires -RunAsAdministrator

                Set-StrictMode -Version 3.0
                $ErrorActionPreference = 'Stop'

                $exclusions = @(
                %s)
                $ranges = @(
                %s)
                """.formatted(
                        Arrays.stream(Protocol.values())
                                .flatMap(protocol ->
                                        policy.ports(protocol).ranges().stream().map(ports -> line(protocol, ports)))
                                .collect(Collectors.joining()),
                        Stream.of(line(Protocol.TCP, range.windowsTcp()), line(Protocol.UDP, range.windowsUdp()))
                                .collect(Collectors.joining()))
                + """
                $families = @('ipv4', 'ipv6')
                $missing = 0
                $unsure = $false

                # what netsh lists in a store; the pattern says which rows
                function Get-ListedPort([string] $Family, [string] $Protocol, [string] $Store, [string] $Row) {
                    $found = New-Object 'System.Collections.Generic.HashSet[int]'
                    foreach ($line in @(netsh interface $Family show excludedportrange "protocol=$Protocol" "store=$Store")) {
                        if ($line -match $Row) {
                            foreach ($port in ([int] $Matches[1])..([int] $Matches[2])) { [void] $found.Add($port) }
                        }
                    }
                    return , $found
                }

                # excluded now and after each start: rows without a star are blocks that services made for themselves until the next
                # start, and a star alone may be an exclusion that ends with it; an empty persistent store proves nothing, for on some
                # machines netsh lists none of the rows it keeps
                function Get-ExcludedPort([string] $Family, [string] $Protocol) {
                    $found = Get-ListedPort $Family $Protocol 'active' '^\\s*([0-9]+)\\s+([0-9]+)\\s+\\*\\s*$'
                    $kept = Get-ListedPort $Family $Protocol 'persistent' '^\\s*([0-9]+)\\s+([0-9]+)\\s*\\*?\\s*$'
                    if ($kept.Count -gt 0) {
                        $found.IntersectWith($kept)
                    } elseif ($found.Count -gt 0 -and -not $script:unsure) {
                        $script:unsure = $true
                        Write-Warning 'netsh lists nothing in its persistent store: whether what is excluded stays so after a restart is not known, and is taken for granted.'
                    }
                    return , $found
                }

                function Add-ExcludedPort([string] $Family, [string] $Protocol, [int] $First, [int] $Count) {
                    [void] (netsh interface $Family add excludedportrange "protocol=$Protocol" "startport=$First" "numberofports=$Count" store=persistent)
                }

                # its first port and how many there are
                function Get-DynamicRange([string] $Family, [string] $Protocol) {
                    $found = @()
                    foreach ($line in @(netsh interface $Family show dynamicport $Protocol)) {
                        if ($line -match ':\\s*([0-9]+)\\s*$') { $found += [int] $Matches[1] }
                    }
                    return $found -join ' '
                }

                # ports before ranges: a range must not hand out what is not excluded yet
                foreach ($family in $families) {
                    foreach ($protocol in @('tcp', 'udp')) {
                        $runs = @($exclusions | Where-Object { $_.Protocol -eq $protocol })
                        $wanted = @($runs | ForEach-Object { ($_.First)..($_.Last) })
                        $excluded = Get-ExcludedPort $family $protocol
                        foreach ($run in $runs) { # whole, where nothing of it is there yet
                            if (-not $excluded.Overlaps([int[]] @(($run.First)..($run.Last)))) {
                                Add-ExcludedPort $family $protocol $run.First ($run.Last - $run.First + 1)
                            }
                        }
                        $excluded = Get-ExcludedPort $family $protocol
                        foreach ($port in $wanted) { # one by one: a port that is held stops only itself
                            if (-not $excluded.Contains($port)) { Add-ExcludedPort $family $protocol $port 1 }
                        }
                        $excluded = Get-ExcludedPort $family $protocol
                        foreach ($port in $wanted) {
                            if (-not $excluded.Contains($port)) {
                                $missing++
                                Write-Warning "$family $protocol port $port could not be excluded for good: it is held, in a block of WinNAT, or excluded until the next start only. Stop its service or WinNAT (net stop winnat), run this again, start it."
                            }
                        }
                    }
                    foreach ($wanted in $ranges) {
                        $protocol = $wanted.Protocol
                        $count = $wanted.Last - $wanted.First + 1
                        if ((Get-DynamicRange $family $protocol) -ne "$($wanted.First) $count") {
                            [void] (netsh interface $family set dynamicport $protocol "start=$($wanted.First)" "num=$count")
                        }
                        $now = Get-DynamicRange $family $protocol
                        if ($now -ne "$($wanted.First) $count") {
                            $missing++
                            Write-Warning "$family $protocol range could not be set to $($wanted.First), $count ports: it is $now."
                        }
                    }
                }
                if ($missing -gt 0) { exit 1 }
                """;
        return new Rendered(text, Warnings.onWindows(policy));
    }

    private static String line(Protocol protocol, @Nullable PortRange ports) {
        return ports == null
                ? ""
                : "    @{ Protocol = '%s'; First = %d; Last = %d }\n"
                        .formatted(protocol.label(), ports.first(), ports.last());
    }
}
