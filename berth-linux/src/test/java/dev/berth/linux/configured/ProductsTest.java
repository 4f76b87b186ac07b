package dev.berth.linux.configured;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProductsTest {
    private final Configured host = new Configured();

    @Test
    void a_stopped_sql_server_keeps_its_port() {
        host.with("/var/opt/mssql/mssql.conf", "[EULA]", "accepteula = Y", "[network]", "tcpport = 1434")
                .enabled("mssql-server.service")
                .installed("mssql-server.service");

        assertThat(Configured.whole(host.files()))
                .isEqualTo("SQL Server 1434/tcp, mssql-server.service enabled, /var/opt/mssql/mssql.conf:4\n");
    }

    @Test
    void a_default_is_told_only_where_the_product_has_a_unit() {
        host.with("/var/opt/mssql/mssql.conf", "[EULA]", "accepteula = Y");
        assertThat(host.told()).isEmpty();

        host.installed("mssql-server.service");
        assertThat(Configured.whole(host.files()))
                .isEqualTo(
                        "SQL Server 1433/tcp, mssql-server.service disabled, /var/opt/mssql/mssql.conf (its default)\n");
    }

    @Test
    void what_a_file_says_is_told_without_a_unit_too() {
        host.with("/etc/redis/a.conf", "port 7000");

        assertThat(Configured.whole(host.files())).isEqualTo("Redis 7000/tcp, no unit unknown, /etc/redis/a.conf:1\n");
    }

    @Test
    void a_masked_service_does_not_start() {
        host.with("/etc/redis/redis.conf", "port 1").enabled("redis-server.service");
        host.files().with("/etc/systemd/system/redis-server.service", "");

        assertThat(Configured.whole(host.files())).contains("redis-server.service disabled");
    }

    @Test
    void sshd_takes_every_port_at_every_address() {
        host.with("/etc/ssh/sshd_config", "Include sshd_config.d/*.conf", "port 22", "Port 2222 # more")
                .with(
                        "/etc/ssh/sshd_config.d/a.conf",
                        "ListenAddress 10.0.0.1",
                        "ListenAddress [::1]:23",
                        "ListenAddress 0.0.0.0",
                        "ListenAddress fd00::1");

        assertThat(host.places())
                .containsExactly(
                        "22/tcp 10.0.0.1",
                        "2222/tcp 10.0.0.1",
                        "23/tcp ::1",
                        "22/tcp",
                        "2222/tcp",
                        "22/tcp fd00::1",
                        "2222/tcp fd00::1");
    }

    @Test
    void each_cluster_of_postgresql_has_a_unit_of_its_own() {
        host.with("/etc/postgresql/15/main/postgresql.conf", "#port = 5432", "include_dir = 'conf.d'")
                .with("/etc/postgresql/15/main/conf.d/x.conf", "listen_addresses = '10.0.0.1, ::1'")
                .with(
                        "/etc/postgresql/16/new/postgresql.conf",
                        "port = 5433\t\t# (change requires restart)",
                        "port=5434")
                .installed("postgresql@.service")
                .with("/run/systemd/generator/postgresql.service.wants/postgresql@15-main.service", "");

        assertThat(Configured.whole(host.files())).isEqualTo("""
                PostgreSQL 5432/tcp 10.0.0.1, postgresql@15-main.service enabled, \
                /etc/postgresql/15/main/postgresql.conf (its default)
                PostgreSQL 5432/tcp ::1, postgresql@15-main.service enabled, \
                /etc/postgresql/15/main/postgresql.conf (its default)
                PostgreSQL 5434/tcp, postgresql@16-new.service disabled, /etc/postgresql/16/new/postgresql.conf:2
                """);
    }

    @Test
    void mysql_takes_its_port_from_the_servers_sections_of_any_included_file() {
        host.with("/etc/mysql/my.cnf", "[client-server]", "port = 1", "!includedir /etc/mysql/conf.d")
                .with("/etc/mysql/conf.d/a.cnf", "[mysqld]", "port=3307", "bind-address = 127.0.0.1", "mysqlx-port=0")
                .with("/etc/mysql/conf.d/b.conf", "[mysqld]", "port=3308")
                .with("/etc/mysql/conf.d/c.cnf", "[mysql]", "port=3309");

        assertThat(host.told()).containsExactly("3307/tcp 127.0.0.1 from /etc/mysql/conf.d/a.cnf:2");
    }

    @Test
    void redis_port_0_is_off() {
        host.with("/etc/redis/redis.conf", "port 0", "tls-port 6380", "bind 127.0.0.1 -::1")
                .enabled("redis-server.service")
                .installed("redis-server.service");

        assertThat(host.places()).containsExactly("6380/tcp 127.0.0.1", "6380/tcp ::1");
    }

    @Test
    void yaml_with_keys_below_keys_and_keys_with_dots() {
        host.with(
                        "/etc/mongod.conf",
                        "storage:",
                        "  port: 1",
                        "net:",
                        "  port: 27018 # not the default",
                        "  bindIp: 127.0.0.1")
                .with(
                        "/etc/elasticsearch/elasticsearch.yml",
                        "#http.port: 1",
                        "http.port: 9201",
                        "transport:",
                        "  port: \"9301\"");

        assertThat(host.places()).containsExactly("27018/tcp 127.0.0.1", "9201/tcp", "9301/tcp");
    }

    @Test
    void lists_of_urls() {
        host.with(
                        "/opt/kafka/config/server.properties",
                        "listeners=PLAINTEXT://:9092,SSL://10.0.0.1:9093,CONTROLLER://a.b:9094")
                .with("/etc/default/etcd", "ETCD_LISTEN_CLIENT_URLS=\"http://127.0.0.1:2379,https://[::1]:2389/\"")
                .with(
                        "/etc/docker/daemon.json",
                        "{\"log-opts\": {\"fluentd-address\": \"tcp://10.0.0.9:24224\"},",
                        "\"hosts\": [\"fd://\", \"unix:///run/d.sock\", \"tcp://0.0.0.0:2375\"]}");

        assertThat(host.places())
                .containsExactly(
                        "9092/tcp", "9093/tcp 10.0.0.1", "9094/tcp", "2379/tcp 127.0.0.1", "2389/tcp ::1", "2375/tcp");
    }

    @Test
    void kafka_may_run_with_either_of_its_files() {
        host.with("/opt/kafka/config/server.properties", "listeners=PLAINTEXT://:9095")
                .with("/opt/kafka/config/kraft/server.properties", "listeners=PLAINTEXT://:9092,CONTROLLER://:9093");

        assertThat(host.places()).containsExactly("9095/tcp", "9092/tcp", "9093/tcp");
    }

    @Test
    void tomcat_tells_each_connector_and_its_shutdown_port() {
        host.with(
                "/etc/tomcat9/server.xml",
                "<Server port=\"8005\" shutdown=\"SHUTDOWN\">",
                "<!-- <Connector port=\"1\"",
                "/> -->",
                "  <Connector redirectPort=\"8443\"",
                "     port='8081' />",
                "  <Connector port=\"8009\" address=\"::1\" />",
                "  <Connector port=\"-1\" /><Connector port=\"${p}\" />");

        assertThat(host.told())
                .containsExactly(
                        "8005/tcp from /etc/tomcat9/server.xml:1",
                        "8081/tcp from /etc/tomcat9/server.xml:4",
                        "8009/tcp ::1 from /etc/tomcat9/server.xml:6");
    }

    @Test
    void rabbitmq_listens_for_clients_and_for_its_like() {
        host.with(
                        "/etc/rabbitmq/rabbitmq.conf",
                        "listeners.tcp.1 = 127.0.0.1:5673",
                        "listeners.tcp.2 = ::1:5674",
                        "listeners.ssl.default = 5671",
                        "management.tcp.port = 15672")
                .enabled("rabbitmq-server.service")
                .installed("rabbitmq-server.service");

        assertThat(host.places())
                .containsExactly("5673/tcp 127.0.0.1", "5674/tcp ::1", "5671/tcp", "25672/tcp", "15672/tcp");
    }

    @Test
    void kubernetes_tells_its_node_ports() {
        host.with("/var/lib/kubelet/config.yaml", "kind: KubeletConfiguration", "healthzPort: 10248")
                .with(
                        "/etc/kubernetes/manifests/kube-apiserver.yaml",
                        "spec:",
                        "  containers:",
                        "  - command:",
                        "    - kube-apiserver",
                        "    - --secure-port=6444",
                        "    image: x")
                .enabled("kubelet.service")
                .installed("kubelet.service");

        assertThat(host.places()).containsExactly("6444/tcp", "30000-32767/tcp", "10250/tcp");

        host.with(
                "/etc/kubernetes/manifests/kube-apiserver.yaml", "command:", "- --service-node-port-range=20000-22767");
        assertThat(host.places()).containsExactly("6443/tcp", "20000-22767/tcp", "10250/tcp");
    }

    @Test
    void postfix_names_its_ports_as_etc_services_does() {
        host.with("/etc/services", "smtp 25/tcp mail", "submission\t587/tcp\t# x", "smtp 26/udp")
                .with(
                        "/etc/postfix/master.cf",
                        "smtp      inet  n       -       y       -       -       smtpd",
                        "  -o syslog_name=postfix/x",
                        "pickup    unix  n       -       y       60      1       pickup",
                        "127.0.0.1:10025 inet n - n - - smtpd",
                        "[::1]:submission inet n - n - - smtpd",
                        "nonsense inet n - n - - smtpd");

        assertThat(host.places()).containsExactly("25/tcp", "10025/tcp 127.0.0.1", "587/tcp ::1");
    }

    @Test
    void a_file_that_may_not_be_read_is_one_gap() {
        host.files().withForbidden("/etc/redis/redis.conf");
        host.enabled("redis-server.service").installed("redis-server.service");

        assertThat(Configured.whole(host.files()))
                .isEqualTo(
                        "gap: Gap[what=services that /etc/redis/redis.conf configures, why=/etc/redis/redis.conf may "
                                + "not be read by this user; run as root to see it]\n");
    }

    @Test
    void a_file_of_more_than_a_mebibyte_is_a_gap() {
        host.with("/etc/redis/redis.conf", "x".repeat(1 << 20));

        assertThat(Configured.whole(host.files())).contains("it is longer than 1024 KiB");
    }
}
