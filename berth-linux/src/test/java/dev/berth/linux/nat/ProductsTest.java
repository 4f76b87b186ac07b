package dev.berth.linux.nat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The rules of products, as the tools list them: PROVENANCE.md, beside the recordings, says where they are from. */
class ProductsTest {
    @Test
    void docker_without_its_proxy() throws Exception {
        assertThat(Told.iptables("docker.iptables")).isEqualTo("x");
    }

    @Test
    void docker_with_its_proxy_leaves_its_own_bridge_and_loopback_alone() throws Exception {
        assertThat(Told.iptables("docker-proxy.iptables")).isEqualTo("x");
    }

    @Test
    void docker_on_nftables() throws Exception {
        assertThat(Told.nft("docker.nft.json")).isEqualTo("x");
    }

    @Test
    void podman() throws Exception {
        assertThat(Told.iptables("podman.iptables")).isEqualTo("x");
    }

    @Test
    void podman_on_nftables() throws Exception {
        assertThat(Told.nft("podman.nft.json")).isEqualTo("x");
    }

    @Test
    void kubernetes_sends_a_node_port_anywhere_and_a_cluster_address_only_from_itself() throws Exception {
        assertThat(Told.iptables("kubernetes.iptables")).isEqualTo("x");
    }

    @Test
    void kubernetes_on_nftables_looks_them_up_in_maps() throws Exception {
        assertThat(Told.nft("kubernetes.nft.json")).isEqualTo("x");
    }

    @Test
    void istio_takes_all_ports_but_its_own() throws Exception {
        assertThat(Told.iptables("istio.iptables")).isEqualTo("x");
    }

    @Test
    void the_cni_plugin_on_nftables() throws Exception {
        assertThat(Told.nft("cni.nft.json")).isEqualTo("x");
    }

    @Test
    void each_construct_of_nftables() throws Exception {
        assertThat(Told.nft("all.nft.json")).isEqualTo("x");
    }
}
