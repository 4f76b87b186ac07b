# Printed by `berth ensure --render sysctl.d`: change the policy, not this file.
# Belongs in /etc/sysctl.d/zz-berth.conf; now: /usr/lib/systemd/systemd-sysctl /etc/sysctl.d/zz-berth.conf
# Linux has one range and one list of reserved ports for TCP and UDP, IPv4 and IPv6.
#
# tcp 1433: SQL Server
# tcp 8080-8090 at 0.0.0.0: web
# udp 53, 5353: names
# connects to 10.1.2.3:443: at most 400 a second, each held for 0.2 s
net.ipv4.ip_local_reserved_ports = 53,1433,5353,8080-8090
net.ipv4.ip_local_port_range = 10240 65535
net.ipv4.tcp_tw_reuse = 1
