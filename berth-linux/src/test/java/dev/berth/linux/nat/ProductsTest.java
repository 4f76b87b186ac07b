package dev.berth.linux.nat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The rules of products, as the tools list them: PROVENANCE.md, beside the recordings, says where they are from. */
class ProductsTest {
    @Test
    void docker_without_its_proxy() throws Exception {
        assertThat(Told.iptables("docker.iptables")).isEqualTo("""
                arriving tcp 8080 to 0.0.0.0/0 -> 192.0.2.2:80
                arriving tcp 5432 to 198.51.100.7/32 -> 192.0.2.3:5432
                own tcp 8080 to 0.0.0.0/0 -> 192.0.2.2:80
                own tcp 5432 to 198.51.100.7/32 -> 192.0.2.3:5432
                """);
    }

    @Test
    void docker_with_its_proxy_leaves_its_own_bridge_and_loopback_alone() throws Exception {
        assertThat(Told.iptables("docker-proxy.iptables")).isEqualTo("""
                some arriving tcp 8080 to 0.0.0.0/0 -> 172.17.0.2:80
                some own tcp 8080 to 0.0.0.0/0,!127.0.0.0/8 -> 172.17.0.2:80
                """);
    }

    @Test
    void docker_on_nftables() throws Exception {
        assertThat(Told.nft("docker.nft.json")).isEqualTo("""
                arriving tcp 8080 to 0.0.0.0/0 -> 192.0.2.2:80
                own tcp 8080 to 0.0.0.0/0 -> 192.0.2.2:80
                """);
    }

    @Test
    void podman() throws Exception {
        assertThat(Told.iptables("podman.iptables")).isEqualTo("""
                arriving tcp 8080 to 0.0.0.0/0 -> 10.88.0.2:80
                own tcp 8080 to 0.0.0.0/0 -> 10.88.0.2:80
                """);
    }

    @Test
    void podman_on_nftables() throws Exception {
        assertThat(Told.nft("podman.nft.json")).isEqualTo("""
                arriving tcp 8080 to 0.0.0.0/0 -> 10.88.0.6:80
                own tcp 8080 to 0.0.0.0/0 -> 10.88.0.6:80
                """);
    }

    @Test
    void kubernetes_sends_a_node_port_anywhere_and_a_cluster_address_only_from_itself() throws Exception {
        assertThat(Told.iptables("kubernetes.iptables")).isEqualTo("""
                arriving tcp 443 to 10.96.0.1/32 -> 192.0.2.10:6443
                some arriving tcp 80 to 10.96.77.8/32 -> 10.244.0.5:8080
                arriving tcp 80 to 10.96.77.8/32 -> 10.244.0.6:8080
                some arriving tcp 31964 to 0.0.0.0/0 -> 10.244.0.5:8080
                arriving tcp 31964 to 0.0.0.0/0 -> 10.244.0.6:8080
                own tcp 443 to 10.96.0.1/32 -> 192.0.2.10:6443
                some own tcp 80 to 10.96.77.8/32 -> 10.244.0.5:8080
                own tcp 80 to 10.96.77.8/32 -> 10.244.0.6:8080
                some own tcp 31964 to 0.0.0.0/0 -> 10.244.0.5:8080
                own tcp 31964 to 0.0.0.0/0 -> 10.244.0.6:8080
                """);
    }

    @Test
    void kubernetes_on_nftables_looks_them_up_in_maps() throws Exception {
        assertThat(Told.nft("kubernetes.nft.json")).isEqualTo("""
                some arriving tcp 8000 to 10.43.195.72/32 -> 10.42.2.218:8080
                some arriving tcp 8000 to 10.43.195.72/32 -> 10.42.4.201:8080
                some arriving tcp 443 to 10.43.0.1/32 -> 192.0.2.10:6443
                some arriving tcp 30000 to 203.0.113.4/32 -> 10.42.2.218:8080
                some arriving tcp 30000 to 203.0.113.4/32 -> 10.42.4.201:8080
                some own tcp 8000 to 10.43.195.72/32 -> 10.42.2.218:8080
                some own tcp 8000 to 10.43.195.72/32 -> 10.42.4.201:8080
                some own tcp 443 to 10.43.0.1/32 -> 192.0.2.10:6443
                some own tcp 30000 to 203.0.113.4/32 -> 10.42.2.218:8080
                some own tcp 30000 to 203.0.113.4/32 -> 10.42.4.201:8080
                """);
    }

    @Test
    void istio_takes_all_ports_but_its_own() throws Exception {
        assertThat(Told.iptables("istio.iptables")).isEqualTo("""
                arriving tcp 1-15007,15009-15019,15022-15089,15091-65535 to 0.0.0.0/0 -> this host:15006
                some own tcp 1-65535 to 0.0.0.0/0,!127.0.0.1/32 -> this host:15006
                some own tcp 1-65535 to 0.0.0.0/0 -> this host:15001
                """);
    }

    @Test
    void the_cni_plugin_on_nftables() throws Exception {
        assertThat(Told.nft("cni.nft.json")).isEqualTo("""
                arriving udp 53 to 203.0.113.4/32 -> 198.18.0.57:1053
                arriving tcp 8081 to 0.0.0.0/0 -> 198.18.0.56:10081
                own udp 53 to 203.0.113.4/32,!127.0.0.0/8,!198.19.254.254/32 -> 198.18.0.57:1053
                own tcp 8081 to 0.0.0.0/0,!127.0.0.0/8,!198.19.254.254/32 -> 198.18.0.56:10081
                """);
    }

    @Test
    void each_construct_of_nftables() throws Exception {
        assertThat(Told.nft("all.nft.json")).isEqualTo("""
                arriving tcp 80 to fd00::1/128,!0.0.0.0/0 -> [fd00::2]:81
                arriving tcp 81 to !0.0.0.0/0 -> this host:82
                arriving tcp 83 -> this host:84
                arriving tcp 1,5-7 to 0.0.0.0/0 -> this host:99
                arriving tcp 65001-65535 to 10.0.0.0/8 -> this host:98
                arriving udp 53-54 to 0.0.0.0/0,!10.0.0.1/32 -> this host:5353
                arriving tcp 90,100-110 to 0.0.0.0/0 -> 10.0.0.5
                arriving tcp 8083 to 0.0.0.0/0 -> 10.1.0.2
                arriving tcp 8084 to 0.0.0.0/0 -> 10.1.0.3
                arriving tcp 8081 to 0.0.0.0/0 -> 10.1.0.2:81
                arriving tcp 8088 to 0.0.0.0/0 -> 10.1.0.2
                arriving tcp 8089 to 0.0.0.0/0 -> 10.1.0.3
                some arriving tcp 8090 to 0.0.0.0/0 -> 10.0.0.1
                some arriving tcp 8090 to 0.0.0.0/0 -> 10.0.0.2
                arriving tcp 8091 to 0.0.0.0/0 -> open: tcp dport 8091 dnat to 10.0.0.1-10.0.0.9:1000-2000
                arriving tcp+udp 5000 to 0.0.0.0/0 -> this host:6000
                some arriving tcp 5001 to 0.0.0.0/0 -> 10.0.0.1
                arriving tcp 6001 to 0.0.0.0/0 -> 10.0.0.1:9
                arriving tcp 6002 to 0.0.0.0/0 -> 10.0.0.1:9
                arriving tcp 65501-65535 to 0.0.0.0/0 -> 10.0.0.1
                some arriving tcp+udp ? to 0.0.0.0/0 -> this host:80
                arriving tcp 7776,7778 to 0.0.0.0/0 -> this host:7779
                arriving tcp 8999 to 10.0.0.1/32,10.1.0.0/16,10.2.0.1/32,10.2.0.2/31,10.2.0.4/30,10.2.0.8/31 -> this host:1
                arriving tcp 8998 to 0.0.0.0/0 -> this host
                """);
    }
}
