package dev.berth.remedy.render;

import dev.berth.remedy.policy.Policy;
import java.util.stream.Collectors;

/**
 * A playbook that writes the file of sysctl.d, puts it in force where what runs differs, and proves it. It takes ansible-core
 * alone; {@code ansible.posix.sysctl} is left out because it hands the file to {@code sysctl -p}, which cuts long lists.
 */
final class AnsiblePlaybook {
    private AnsiblePlaybook() {}

    static Rendered of(Policy policy) {
        LinuxSettings settings = LinuxSettings.of(policy);
        String comment = PolicyInWords.commented(
                "#",
                policy,
                "Printed by `berth ensure --render ansible`: change the policy, not this file.",
                "For hosts with Linux and systemd. Linux has one range and one list of reserved ports for TCP and UDP, IPv4",
                "and IPv6. For Windows: run what `--render powershell` prints with ansible.windows.win_powershell.",
                "");
        // no name of the policy below this line: Ansible would take {{ }} in it for its own
        String text = comment
                + """
                ---
                - name: Keep the TCP ports of servers available
                  hosts: all
                  become: true
                  gather_facts: false
                  vars:
                    berth_settings:%s
                  tasks:
                    - name: Write what the next start puts in force
                      ansible.builtin.copy:
                        dest: %s
                        content: |
                          # Written by Ansible from a policy of Berth
                %s        owner: root
                        group: root
                        mode: "0644"

                    - name: Read what is in force
                      ansible.builtin.command:
                        argv: [cat, "{{ item.path }}"]
                      loop: "{{ berth_settings }}"
                      register: berth_before
                      changed_when: false
                      check_mode: false

                    - name: Put in force what is not # by systemd-sysctl: sysctl -p cuts lists longer than a page
                      ansible.builtin.command:
                        argv: [/usr/lib/systemd/systemd-sysctl, %s]
                      when: berth_before.results | map(attribute='stdout') | map('split') | map('join', ' ') | list
                        != berth_settings | map(attribute='value') | list
                      changed_when: true

                    - name: Read it back
                      ansible.builtin.command:
                        argv: [cat, "{{ item.path }}"]
                      loop: "{{ berth_settings }}"
                      register: berth_after
                      changed_when: false
                      failed_when: berth_after.stdout | split | join(' ') != item.value
                      when: not ansible_check_mode
                """.formatted(vars(settings), SysctlFile.PLACE, settings.lines(" ".repeat(10)), SysctlFile.PLACE);
        return new Rendered(text, Warnings.onLinux(policy, settings));
    }

    private static String vars(LinuxSettings settings) {
        return settings.assignments().isEmpty()
                ? " []"
                : settings.assignments().stream()
                        .map(one -> "\n      - {path: %s, value: \"%s\"}".formatted(one.path(), one.value()))
                        .collect(Collectors.joining());
    }
}
