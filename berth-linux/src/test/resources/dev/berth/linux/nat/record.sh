#!/bin/sh
# Makes the rules again and writes down what the tools list of them. See PROVENANCE.md.
set -eu
here=$(cd "$(dirname "$0")" && pwd)

if [ "${1:-}" != inside ]; then
    for scene in docker docker_proxy docker_nft podman podman_nft kubernetes kubernetes_nft istio cni_nft all_nft; do
        unshare --net "$here/record.sh" inside "$scene"
    done
    exit
fi

t() { iptables -w -t nat "$@"; }
iptables_list() { iptables-save -t nat | sed 's/ on .*//; s/\[[0-9:]*\]/[0:0]/' >"$here/$1.iptables"; }
nft_list() { nft -j list ruleset >"$here/$1.nft.json"; }

docker() {
    t -N DOCKER
    t -A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
    t -A OUTPUT -m addrtype --dst-type LOCAL -j DOCKER
    t -A POSTROUTING -o bridge1 -m addrtype --src-type LOCAL -j MASQUERADE
    t -A POSTROUTING -s 192.0.2.0/24 ! -o bridge1 -j MASQUERADE
    t -A POSTROUTING -s 192.0.2.2/32 -d 192.0.2.2/32 -p tcp -m tcp --dport 80 -j MASQUERADE
    t -A DOCKER -p tcp -m tcp --dport 8080 -j DNAT --to-destination 192.0.2.2:80
    t -A DOCKER -d 198.51.100.7/32 -p tcp -m tcp --dport 5432 -j DNAT --to-destination 192.0.2.3:5432
    iptables_list docker
}

docker_proxy() {
    t -N DOCKER
    t -A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
    t -A OUTPUT ! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER
    t -A DOCKER -i docker0 -j RETURN
    t -A DOCKER ! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80
    iptables_list docker-proxy
}

docker_nft() {
    nft -f - <<'X'
table ip docker-bridges {
    chain nat-OUTPUT {
        type nat hook output priority -100; policy accept;
        fib daddr type local counter jump nat-prerouting-and-output
    }
    chain nat-PREROUTING {
        type nat hook prerouting priority dstnat; policy accept;
        fib daddr type local counter jump nat-prerouting-and-output
    }
    chain nat-prerouting-and-output {
        tcp dport 8080 counter dnat to 192.0.2.2:80 comment "DNAT"
    }
    chain raw-PREROUTING {
        type filter hook prerouting priority raw; policy accept;
        ip daddr 192.0.2.2 iifname != "bridge1" counter drop comment "DROP DIRECT ACCESS"
    }
}
X
    nft_list docker
}

podman() {
    for chain in NETAVARK-HOSTPORT-SETMARK NETAVARK-HOSTPORT-MASQ NETAVARK-HOSTPORT-DNAT NETAVARK-DN-1D8721804F16F; do
        t -N $chain
    done
    t -A PREROUTING -m addrtype --dst-type LOCAL -j NETAVARK-HOSTPORT-DNAT
    t -A OUTPUT -m addrtype --dst-type LOCAL -j NETAVARK-HOSTPORT-DNAT
    t -A NETAVARK-HOSTPORT-DNAT -p tcp -m tcp --dport 8080 -m comment --comment "dnat name: podman id: dae7766953da" \
        -j NETAVARK-DN-1D8721804F16F
    t -A NETAVARK-DN-1D8721804F16F -s 10.88.0.0/16 -p tcp -m tcp --dport 8080 -j NETAVARK-HOSTPORT-SETMARK
    t -A NETAVARK-DN-1D8721804F16F -s 127.0.0.1/32 -p tcp -m tcp --dport 8080 -j NETAVARK-HOSTPORT-SETMARK
    t -A NETAVARK-DN-1D8721804F16F -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10.88.0.2:80
    t -A NETAVARK-HOSTPORT-SETMARK -j MARK --set-xmark 0x2000/0x2000
    iptables_list podman
}

podman_nft() {
    nft -f - <<'X'
table inet netavark {
    chain NETAVARK-HOSTPORT-SETMARK {
        meta mark set meta mark | 0x00002000
    }
    chain nv_2f259bab_10_88_0_0_nm16_dnat {
        ip saddr 10.88.0.0/16 tcp dport 8080 jump NETAVARK-HOSTPORT-SETMARK
        ip saddr 127.0.0.1 tcp dport 8080 jump NETAVARK-HOSTPORT-SETMARK
        tcp dport 8080 dnat ip to 10.88.0.6:80
    }
    chain NETAVARK-HOSTPORT-DNAT {
        tcp dport 8080 jump nv_2f259bab_10_88_0_0_nm16_dnat
    }
    chain PREROUTING {
        type nat hook prerouting priority dstnat; policy accept;
        fib daddr type local jump NETAVARK-HOSTPORT-DNAT
    }
    chain OUTPUT {
        type nat hook output priority -100; policy accept;
        fib daddr type local jump NETAVARK-HOSTPORT-DNAT
    }
}
X
    nft_list podman
}

kubernetes() {
    for chain in SERVICES NODEPORTS MARK-MASQ EXT-QATUYZLPU4I4HE4S SVC-QATUYZLPU4I4HE4S SEP-CI5ZO3FTK7KBNRMG \
        SEP-VR562QDKF524UNPV SVC-NPX46M4PTMTKRN6Y SEP-36XUWRWFTVVWQRAP; do
        t -N KUBE-$chain
    done
    t -A PREROUTING -m comment --comment "kubernetes service portals" -j KUBE-SERVICES
    t -A OUTPUT -m comment --comment "kubernetes service portals" -j KUBE-SERVICES
    t -A KUBE-MARK-MASQ -j MARK --set-xmark 0x4000/0x4000
    t -A KUBE-SERVICES -d 10.96.0.1/32 -p tcp -m comment --comment "default/kubernetes:https cluster IP" \
        -m tcp --dport 443 -j KUBE-SVC-NPX46M4PTMTKRN6Y
    t -A KUBE-SERVICES -d 10.96.77.8/32 -p tcp -m comment --comment "default/web cluster IP" \
        -m tcp --dport 80 -j KUBE-SVC-QATUYZLPU4I4HE4S
    t -A KUBE-SERVICES -m comment --comment "kubernetes service nodeports; NOTE: this must be the last rule in this chain" \
        -m addrtype --dst-type LOCAL -j KUBE-NODEPORTS
    t -A KUBE-NODEPORTS -p tcp -m comment --comment "default/web" -m tcp --dport 31964 -j KUBE-EXT-QATUYZLPU4I4HE4S
    t -A KUBE-EXT-QATUYZLPU4I4HE4S -m comment --comment "masquerade traffic for default/web external destinations" \
        -j KUBE-MARK-MASQ
    t -A KUBE-EXT-QATUYZLPU4I4HE4S -j KUBE-SVC-QATUYZLPU4I4HE4S
    t -A KUBE-SVC-QATUYZLPU4I4HE4S ! -s 10.244.0.0/16 -d 10.96.77.8/32 -p tcp -m tcp --dport 80 -j KUBE-MARK-MASQ
    t -A KUBE-SVC-QATUYZLPU4I4HE4S -m comment --comment "default/web -> 10.244.0.5:8080" \
        -m statistic --mode random --probability 0.5 -j KUBE-SEP-CI5ZO3FTK7KBNRMG
    t -A KUBE-SVC-QATUYZLPU4I4HE4S -m comment --comment "default/web -> 10.244.0.6:8080" -j KUBE-SEP-VR562QDKF524UNPV
    t -A KUBE-SEP-CI5ZO3FTK7KBNRMG -s 10.244.0.5/32 -j KUBE-MARK-MASQ
    t -A KUBE-SEP-CI5ZO3FTK7KBNRMG -p tcp -m tcp -j DNAT --to-destination 10.244.0.5:8080
    t -A KUBE-SEP-VR562QDKF524UNPV -s 10.244.0.6/32 -j KUBE-MARK-MASQ
    t -A KUBE-SEP-VR562QDKF524UNPV -p tcp -m tcp -j DNAT --to-destination 10.244.0.6:8080
    t -A KUBE-SVC-NPX46M4PTMTKRN6Y -j KUBE-SEP-36XUWRWFTVVWQRAP
    t -A KUBE-SEP-36XUWRWFTVVWQRAP -p tcp -m tcp -j DNAT --to-destination 192.0.2.10:6443
    iptables_list kubernetes
}

kubernetes_nft() {
    nft -f - <<'X'
table ip kube-proxy {
    chain mark-for-masquerade {
        meta mark set meta mark | 0x00004000
    }
    chain endpoint-VNXJG24O-default/web/tcp/__10.42.2.218/8080 {
        ip saddr 10.42.2.218 jump mark-for-masquerade
        meta l4proto tcp dnat to 10.42.2.218:8080
    }
    chain endpoint-VGSZZXMZ-default/web/tcp/__10.42.4.201/8080 {
        ip saddr 10.42.4.201 jump mark-for-masquerade
        meta l4proto tcp dnat to 10.42.4.201:8080
    }
    chain endpoint-MIBO4EMV-default/kubernetes/tcp/https__192.0.2.10/6443 {
        meta l4proto tcp dnat to 192.0.2.10:6443
    }
    chain service-P6J77WGM-default/web/tcp/ {
        ip daddr 10.43.195.72 tcp dport 8000 ip saddr != 10.42.0.0/16 jump mark-for-masquerade
        numgen random mod 2 vmap { 0 : goto endpoint-VNXJG24O-default/web/tcp/__10.42.2.218/8080, 1 : goto endpoint-VGSZZXMZ-default/web/tcp/__10.42.4.201/8080 }
    }
    chain external-P6J77WGM-default/web/tcp/ {
        jump mark-for-masquerade
        goto service-P6J77WGM-default/web/tcp/
    }
    chain service-2QRHZV4L-default/kubernetes/tcp/https {
        numgen random mod 1 vmap { 0 : goto endpoint-MIBO4EMV-default/kubernetes/tcp/https__192.0.2.10/6443 }
    }
    map service-ips {
        type ipv4_addr . inet_proto . inet_service : verdict
        elements = { 10.43.195.72 . tcp . 8000 : goto service-P6J77WGM-default/web/tcp/,
                     10.43.0.1 . tcp . 443 : goto service-2QRHZV4L-default/kubernetes/tcp/https }
    }
    map service-nodeports {
        type inet_proto . inet_service : verdict
        elements = { tcp . 30000 comment "default/web" : goto external-P6J77WGM-default/web/tcp/ }
    }
    set nodeport-ips {
        type ipv4_addr
        elements = { 203.0.113.4 }
    }
    chain services {
        ip daddr . meta l4proto . th dport vmap @service-ips
        ip daddr @nodeport-ips meta l4proto . th dport vmap @service-nodeports
    }
    chain nat-prerouting {
        type nat hook prerouting priority dstnat; policy accept;
        jump services
    }
    chain nat-output {
        type nat hook output priority -100; policy accept;
        jump services
    }
}
X
    nft_list kubernetes
}

istio() {
    for chain in INBOUND OUTPUT REDIRECT IN_REDIRECT; do
        t -N ISTIO_$chain
    done
    t -A PREROUTING -p tcp -j ISTIO_INBOUND
    t -A OUTPUT -p tcp -j ISTIO_OUTPUT
    for port in 15008 15090 15021 15020; do
        t -A ISTIO_INBOUND -p tcp -m tcp --dport $port -j RETURN
    done
    t -A ISTIO_INBOUND -p tcp -j ISTIO_IN_REDIRECT
    t -A ISTIO_IN_REDIRECT -p tcp -j REDIRECT --to-ports 15006
    t -A ISTIO_OUTPUT -s 127.0.0.6/32 -o lo -j RETURN
    t -A ISTIO_OUTPUT ! -d 127.0.0.1/32 -o lo -m owner --uid-owner 1337 -j ISTIO_IN_REDIRECT
    t -A ISTIO_OUTPUT -o lo -m owner ! --uid-owner 1337 -j RETURN
    t -A ISTIO_OUTPUT -m owner --uid-owner 1337 -j RETURN
    t -A ISTIO_OUTPUT -d 127.0.0.1/32 -j RETURN
    t -A ISTIO_OUTPUT -j ISTIO_REDIRECT
    t -A ISTIO_REDIRECT -p tcp -j REDIRECT --to-ports 15001
    iptables_list istio
}

cni_nft() {
    nft -f - <<'X'
table ip cni_hostport {
    chain hostports {
        ip protocol tcp th dport 8081 dnat ip addr . port to 198.18.0.56 . 10081 comment "4b624583ded4"
    }
    chain hostip_hostports {
        ip daddr 203.0.113.4 ip protocol udp th dport 53 dnat ip addr . port to 198.18.0.57 . 1053
    }
    chain prerouting {
        type nat hook prerouting priority dstnat; policy accept;
        jump hostip_hostports
        fib daddr type local jump hostports
    }
    chain output {
        type nat hook output priority -100; policy accept;
        ip daddr != { 127.0.0.0/8, 198.19.254.254 } jump hostip_hostports
        ip daddr != { 127.0.0.0/8, 198.19.254.254 } fib daddr type local jump hostports
    }
}
X
    nft_list cni
}

all_nft() {
    nft -f - <<'X'
table ip nat {
    set some_ports { type inet_service; flags interval; elements = { 90, 100-110 }; }
    map to_both { type inet_service : ipv4_addr . inet_service; elements = { 8081 : 10.1.0.2 . 81 }; }
    map to_host { type inet_service : ipv4_addr; elements = { 8083 : 10.1.0.2, 8084 : 10.1.0.3 }; }
    chain apart {
        tcp dport 6001-6002 dnat to 10.0.0.1:9
    }
    chain pre {
        type nat hook prerouting priority dstnat; policy accept;
        tcp dport { 1, 5-7 } redirect to :99
        tcp dport != 1-65000 ip daddr 10.0.0.0/8 redirect to :98
        udp dport != { 1-52, 55-65535 } ip daddr != 10.0.0.1 redirect to :5353
        tcp dport @some_ports dnat to 10.0.0.5
        dnat ip to tcp dport map @to_host
        dnat ip addr . port to tcp dport map @to_both
        dnat to tcp dport map { 8088 : 10.1.0.2, 8089 : 10.1.0.3 }
        tcp dport 8090 dnat to numgen random mod 2 map { 0 : 10.0.0.1, 1 : 10.0.0.2 }
        tcp dport 8091 dnat to 10.0.0.1-10.0.0.9:1000-2000
        meta l4proto { tcp, udp } th dport 5000 redirect to :6000
        iifname "eth0" tcp dport 5001 dnat to 10.0.0.1
        tcp dport vmap { 6001 : jump apart, 6002 : goto apart }
        tcp dport > 65500 dnat to 10.0.0.1
        tcp dport & 0xff == 0x10 redirect to :80
        tcp dport 7777 accept
        tcp dport 7776-7778 redirect to :7779
        ip daddr { 10.0.0.1, 10.1.0.0/16, 10.2.0.1-10.2.0.9 } tcp dport 8999 redirect to :1
        tcp dport 8998 redirect
        meta l4proto sctp dnat to 10.0.0.1
        fib daddr type != local tcp dport 8997 redirect to :1
    }
}
table inet both {
    chain pre {
        type nat hook prerouting priority -110; policy accept;
        ip6 daddr fd00::1 tcp dport 80 dnat ip6 to [fd00::2]:81
        meta nfproto ipv6 tcp dport 81 redirect to :82
        tcp dport 83 redirect to :84
    }
}
table inet filter {
    chain pre {
        type filter hook prerouting priority -300; policy accept;
        tcp dport 22 accept
    }
}
X
    nft_list all
}

"$2"
