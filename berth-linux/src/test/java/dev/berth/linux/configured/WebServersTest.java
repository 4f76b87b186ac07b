package dev.berth.linux.configured;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WebServersTest {
    private final Configured host = new Configured();

    @Test
    void nginx_includes_files_by_pattern_in_their_place() {
        nginx("http {", "include sites/*;", "include /srv/x.conf;", "}", "stream { include udp.conf; }")
                .with("/etc/nginx/sites/b", "server { listen 2; }")
                .with("/etc/nginx/sites/a", "server {", "listen 1; }")
                .with("/etc/nginx/sites/.hidden", "server { listen 9; }")
                .with("/srv/x.conf", "server { listen 3; }")
                .with("/etc/nginx/udp.conf", "server { listen 53 udp; }");

        assertThat(host.told())
                .containsExactly(
                        "1/tcp from /etc/nginx/sites/a:2",
                        "2/tcp from /etc/nginx/sites/b:1",
                        "3/tcp from /srv/x.conf:1",
                        "53/udp from /etc/nginx/udp.conf:1");
    }

    @Test
    void every_form_of_nginx_listen() {
        nginx(
                "http { server {",
                "listen 127.0.0.1:8000; listen 127.0.0.2; listen 8001 ssl;",
                "listen *:8002; listen localhost:8003; listen [::]:8004 ipv6only=on; listen [::1];",
                "listen 10.0.0.1:9000-9010; listen unix:/run/x:1; listen 8443 quic reuseport; listen \"8005\";",
                "}}");

        assertThat(host.places())
                .containsExactly(
                        "8000/tcp 127.0.0.1",
                        "80/tcp 127.0.0.2",
                        "8001/tcp",
                        "8002/tcp",
                        "8003/tcp",
                        "8004/tcp",
                        "80/tcp ::1",
                        "9000-9010/tcp 10.0.0.1",
                        "8443/udp",
                        "8005/tcp");
    }

    @Test
    void a_web_server_of_nginx_that_does_not_say_listens_on_80_and_an_upstream_nowhere() {
        nginx("http {", "upstream u { server 10.0.0.1:7; }", "server { root \"a;{}\"; } # listen 5;", "}");

        assertThat(host.told()).containsExactly("80/tcp from /etc/nginx/nginx.conf:3 (its default)");
    }

    @Test
    void files_that_include_themselves_end() {
        nginx("http { include nginx.conf; server { listen 1; } include *.conf; }");
        host.with("/etc/redis.conf", "include /etc/redis.conf", "port 2");

        assertThat(host.places()).containsExactly("1/tcp", "2/tcp");
    }

    @Test
    void files_that_include_each_other_in_every_order_end() {
        for (int i = 0; i < 30; i++) {
            host.with("/etc/nginx/" + i + ".conf", "include *.conf;", "server { listen " + (i + 1) + "; }");
        }
        nginx("http { include *.conf; }");

        assertThat(host.places()).contains("1/tcp", "30/tcp");
        assertThat(Configured.whole(host.files())).contains("there are more files than Berth reads");
    }

    @Test
    void apache_listens_where_the_module_around_the_line_is_loaded() {
        host.with(
                        "/etc/httpd/conf/httpd.conf",
                        "Include conf.modules.d/*.conf",
                        "listen 80",
                        "Listen [::1]:81 http",
                        "<IfModule ssl_module>",
                        "  Listen 10.0.0.1:443 https",
                        "</IfModule>",
                        "<IfModule mod_gnutls.c>",
                        "  Listen 444",
                        "</IfModule>",
                        "<IfModule !mod_gnutls.c>",
                        "  Listen 445",
                        "</IfModule>",
                        "<IfDefine TEST>",
                        "  Listen 446",
                        "</IfDefine>")
                .with("/etc/httpd/conf.modules.d/00-ssl.conf", "LoadModule ssl_module modules/mod_ssl.so");

        assertThat(host.places()).containsExactly("80/tcp", "81/tcp ::1", "443/tcp 10.0.0.1", "445/tcp");
    }

    @Test
    void haproxy_binds_in_every_section() {
        host.with(
                "/etc/haproxy/haproxy.cfg",
                "global",
                "    stats socket /run/haproxy.sock mode 660",
                "    stats socket ipv4@127.0.0.1:9999 level admin",
                "frontend web",
                "    bind *:80,:443 ssl crt /etc/ssl/x.pem",
                "    bind :10000-10010",
                "    bind :::8080 v6only",
                "    bind /run/x.sock",
                "    bind abns@x:1",
                "    bind quic4@:443 ssl",
                "    default_backend servers",
                "backend servers",
                "    server a 10.0.0.1:81",
                "listen old 10.0.0.2:82",
                "log-forward x",
                "    dgram-bind 127.0.0.1:1514");

        assertThat(host.places())
                .containsExactly(
                        "9999/tcp 127.0.0.1",
                        "80/tcp",
                        "443/tcp",
                        "10000-10010/tcp",
                        "8080/tcp",
                        "443/udp",
                        "82/tcp 10.0.0.2",
                        "1514/udp 127.0.0.1");
    }

    private Configured nginx(String... lines) {
        return host.with("/etc/nginx/nginx.conf", lines);
    }
}
