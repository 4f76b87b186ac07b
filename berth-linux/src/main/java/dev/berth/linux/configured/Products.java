package dev.berth.linux.configured;

import java.util.List;
import java.util.Map;

/** Every product whose configuration Berth reads. A port that comes after {@code or} is the product's documented default. */
final class Products {
    private static final Inclusion LINES = Inclusion.none(LineSyntax::parse);
    private static final Inclusion YAML = Inclusion.none(YamlSyntax::parse);
    private static final Inclusion MYSQL = including(Map.of("!include", "", "!includedir", "/*.cnf"));
    private static final Inclusion POSTGRESQL =
            including(Map.of("include", "", "include_if_exists", "", "include_dir", "/*.conf"));
    private static final Inclusion REDIS = including(Map.of("include", ""));

    private Products() {}

    static List<Product> all() {
        return List.of(
                new SocketUnits(),
                new Sshd(),
                new Nginx(),
                new Apache("/etc/apache2/apache2.conf", "/etc/apache2", "apache2.service"),
                new Apache("/etc/httpd/conf/httpd.conf", "/etc/httpd", "httpd.service"),
                new HaProxy(),
                new Postfix(),
                new KeyedProduct(
                                "PostgreSQL",
                                POSTGRESQL,
                                List.of(
                                        "/etc/postgresql/*/*/postgresql.conf", // Debian
                                        "/var/lib/pgsql/*/data/postgresql.conf", // PGDG's for Red Hat
                                        "/var/lib/pgsql/data/postgresql.conf", // Red Hat, SUSE
                                        "/var/lib/pgsql/data/postgresql.auto.conf"),
                                List.of("postgresql@{1}-{2}.service", "postgresql-{1}.service", "postgresql.service"),
                                Key.of("port").or(5432))
                        .bindingBy("listen_addresses"),
                new KeyedProduct(
                                "MySQL or MariaDB",
                                MYSQL,
                                List.of("/etc/my.cnf", "/etc/mysql/my.cnf"),
                                List.of("mariadb.service", "mysql.service", "mysqld.service"),
                                Key.of("(?:mysqld|mariadbd?|server)(?:-\\d.*)?\\.port")
                                        .or(3306),
                                Key.of("(?:mysqld|mariadbd?|server)\\.admin[-_]port"),
                                Key.of("mysqld\\.mysqlx[-_]port"))
                        .bindingBy("(?:mysqld|mariadbd?|server)\\.bind[-_]address"),
                new KeyedProduct(
                                "SQL Server",
                                LINES,
                                List.of("/var/opt/mssql/mssql.conf"),
                                List.of("mssql-server.service"),
                                Key.of("network\\.tcpport").or(1433))
                        .bindingBy("network\\.ipaddress"),
                new KeyedProduct(
                                "Redis",
                                REDIS,
                                List.of("/etc/redis/*.conf", "/etc/redis.conf"),
                                List.of("{1}-server.service", "redis-{1}.service", "redis.service"),
                                Key.of("port").or(6379),
                                Key.of("tls-port"))
                        .bindingBy("bind"),
                new KeyedProduct(
                                "Valkey",
                                REDIS,
                                List.of("/etc/valkey/*.conf"),
                                List.of("{1}-server.service", "{1}.service", "valkey-server.service"),
                                Key.of("port").or(6379),
                                Key.of("tls-port"))
                        .bindingBy("bind"),
                new KeyedProduct(
                                "MongoDB",
                                YAML,
                                List.of("/etc/mongod.conf"),
                                List.of("mongod.service"),
                                Key.of("net\\.port").or(27_017))
                        .bindingBy("net\\.bindIp"),
                new KeyedProduct(
                                "Memcached",
                                LINES,
                                List.of("/etc/memcached.conf", "/etc/sysconfig/memcached"),
                                List.of("memcached.service"),
                                Key.of("-p|--port|PORT").or(11_211),
                                Key.of("-U|--udp-port").udp())
                        .bindingBy("-l|--listen"),
                new KeyedProduct(
                        "RabbitMQ",
                        LINES,
                        List.of(
                                "/etc/rabbitmq/rabbitmq.conf",
                                "/etc/rabbitmq/rabbitmq-env.conf",
                                "/etc/default/rabbitmq-server"),
                        List.of("rabbitmq-server.service"),
                        Key.of("listeners\\.tcp\\..+|(?:RABBITMQ_)?NODE_PORT").or(5672),
                        Key.of("listeners\\.ssl\\..+"),
                        Key.of("(?:RABBITMQ_)?DIST_PORT").or(25_672),
                        Key.of(
                                "(?:management|mqtt|stomp|web_mqtt|web_stomp|stream|prometheus)\\..*(?:port|listeners\\..+)")),
                new KeyedProduct(
                                "Elasticsearch",
                                YAML,
                                List.of("/etc/elasticsearch/elasticsearch.yml"),
                                List.of("elasticsearch.service"),
                                Key.of("http\\.port").or(9200),
                                Key.of("transport\\.(?:tcp\\.)?port").or(9300))
                        .bindingBy("network\\.host"),
                new KeyedProduct(
                                "OpenSearch",
                                YAML,
                                List.of("/etc/opensearch/opensearch.yml"),
                                List.of("opensearch.service"),
                                Key.of("http\\.port").or(9200),
                                Key.of("transport\\.(?:tcp\\.)?port").or(9300))
                        .bindingBy("network\\.host"),
                new KeyedProduct(
                        "Kafka",
                        LINES,
                        List.of(
                                "/etc/kafka/server.properties",
                                "/opt/kafka/config/server.properties",
                                "/opt/kafka/config/kraft/server.properties"),
                        List.of("kafka.service", "confluent-kafka.service", "confluent-server.service"),
                        Key.of("listeners").or(9092).repeated()),
                new KeyedProduct(
                                "ZooKeeper",
                                LINES,
                                List.of("/etc/zookeeper/conf/zoo.cfg", "/opt/zookeeper/conf/zoo.cfg"),
                                List.of("zookeeper.service", "confluent-zookeeper.service"),
                                Key.of("clientPort"),
                                Key.of("secureClientPort"),
                                Key.of("admin\\.serverPort"),
                                Key.of("metricsProvider\\.httpPort"))
                        .bindingBy("clientPortAddress"),
                new KeyedProduct(
                        "Tomcat",
                        Inclusion.none(ServerXml::parse),
                        List.of("/etc/tomcat*/server.xml", "/opt/tomcat*/conf/server.xml"),
                        List.of("tomcat{1}.service"),
                        Key.of("(?:Connector|Server)\\.port").repeated()),
                new KeyedProduct(
                        "Cassandra",
                        YAML,
                        List.of("/etc/cassandra/cassandra.yaml", "/etc/cassandra/conf/cassandra.yaml"),
                        List.of("cassandra.service"),
                        Key.of("native_transport_port").or(9042),
                        Key.of("storage_port").or(7000),
                        Key.of("native_transport_port_ssl")),
                new KeyedProduct(
                        "etcd",
                        LINES,
                        List.of("/etc/default/etcd", "/etc/etcd/etcd.conf"),
                        List.of("etcd.service"),
                        Key.of("ETCD_LISTEN_CLIENT_URLS").or(2379),
                        Key.of("ETCD_LISTEN_PEER_URLS").or(2380),
                        Key.of("ETCD_LISTEN_METRICS_URLS")),
                new KeyedProduct(
                        "etcd of Kubernetes",
                        YAML,
                        List.of("/etc/kubernetes/manifests/etcd.yaml"),
                        List.of("kubelet.service"),
                        Key.option("--listen-client-urls").or(2379),
                        Key.option("--listen-peer-urls").or(2380),
                        Key.option("--listen-metrics-urls")),
                new KeyedProduct(
                        "Kubernetes API server",
                        YAML,
                        List.of("/etc/kubernetes/manifests/kube-apiserver.yaml"),
                        List.of("kubelet.service"),
                        Key.option("--secure-port").or(6443)),
                new KeyedProduct(
                        "Kubernetes NodePorts",
                        YAML,
                        List.of("/var/lib/kubelet/config.yaml", "/etc/kubernetes/manifests/kube-apiserver.yaml"),
                        List.of("kubelet.service"),
                        Key.option("--service-node-port-range").or(30_000, 32_767)),
                new KeyedProduct(
                        "kubelet",
                        YAML,
                        List.of("/var/lib/kubelet/config.yaml"),
                        List.of("kubelet.service"),
                        Key.of("port").or(10_250)),
                new KeyedProduct(
                        "Docker",
                        Inclusion.none(JsonSyntax::parse),
                        List.of("/etc/docker/daemon.json"),
                        List.of("docker.service"),
                        Key.of("hosts").repeated()),
                new KeyedProduct(
                        "Prometheus",
                        LINES,
                        List.of("/etc/default/prometheus"),
                        List.of("prometheus.service"),
                        Key.option("--web.listen-address").or(9090)),
                new KeyedProduct(
                        "Prometheus node exporter",
                        LINES,
                        List.of("/etc/default/prometheus-node-exporter"),
                        List.of("prometheus-node-exporter.service"),
                        Key.option("--web.listen-address").or(9100)),
                new KeyedProduct(
                        "Grafana",
                        LINES,
                        List.of("/etc/grafana/grafana.ini"),
                        List.of("grafana-server.service"),
                        Key.of("server\\.http_port").or(3000)),
                new KeyedProduct(
                        "Mosquitto",
                        including(Map.of("include_dir", "/*.conf")),
                        List.of("/etc/mosquitto/mosquitto.conf"),
                        List.of("mosquitto.service"),
                        Key.of("listener|port").or(1883).repeated()),
                new KeyedProduct(
                        "Squid",
                        including(Map.of("include", "")),
                        List.of("/etc/squid/squid.conf"),
                        List.of("squid.service"),
                        Key.of("https?_port").repeated()),
                new KeyedProduct(
                        "WireGuard",
                        LINES,
                        List.of("/etc/wireguard/*.conf"),
                        List.of("wg-quick@{1}.service"),
                        Key.of("Interface\\.ListenPort").udp()));
    }

    private static Inclusion including(Map<String, String> keys) {
        return new Inclusion(LineSyntax::parse, keys, null);
    }
}
