package dev.berth.linux.configured;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.linux.kernel.FilesInMemory;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The files as Debian 12's packages ship them; PROVENANCE.md beside them names the packages. */
class DebianTest {
    private static final Path FILES = Path.of("src/test/resources/dev/berth/linux/configured/debian-12");

    @Test
    void what_the_packages_of_a_whole_server_listen_on_unchanged() throws IOException {
        var files = new FilesInMemory().withAllBelow(FILES).with("/etc/services", "smtp\t\t25/tcp\t\tmail\n");
        enable(files, "sockets.target", "rpcbind.socket", "cups.socket", "avahi-daemon.socket");
        enable(
                files,
                "multi-user.target",
                "ssh.service",
                "nginx.service",
                "apache2.service",
                "mariadb.service",
                "rabbitmq-server.service",
                "postfix.service");
        files.with("/run/systemd/generator/postgresql.service.wants/postgresql@15-main.service", "");

        assertThat(Configured.whole(files)).isEqualTo("""
                cockpit.socket 9090/tcp, cockpit.socket disabled, /lib/systemd/system/cockpit.socket:7
                dovecot.socket 143/tcp, dovecot.socket disabled, /lib/systemd/system/dovecot.socket:7
                dovecot.socket 993/tcp, dovecot.socket disabled, /lib/systemd/system/dovecot.socket:9
                mariadb.socket 3306/tcp, mariadb.socket disabled, /lib/systemd/system/mariadb.socket:25
                rpcbind.socket 111/tcp, rpcbind.socket enabled, /lib/systemd/system/rpcbind.socket:10
                rpcbind.socket 111/udp, rpcbind.socket enabled, /lib/systemd/system/rpcbind.socket:11
                ssh.socket 22/tcp, ssh.socket disabled, /lib/systemd/system/ssh.socket:7
                OpenSSH 22/tcp, ssh.service enabled, /etc/ssh/sshd_config (its default)
                nginx 80/tcp, nginx.service enabled, /etc/nginx/sites-enabled/default:22
                Apache httpd 80/tcp, apache2.service enabled, /etc/apache2/ports.conf:5
                Postfix 25/tcp, postfix.service enabled, /etc/postfix/master.cf:12
                PostgreSQL 5432/tcp, postgresql@15-main.service enabled, /etc/postgresql/15/main/postgresql.conf (its default)
                MySQL or MariaDB 3306/tcp 127.0.0.1, mariadb.service enabled, /etc/mysql/my.cnf (its default)
                Redis 6379/tcp 127.0.0.1, redis-server.service disabled, /etc/redis/redis.conf:138
                Redis 6379/tcp ::1, redis-server.service disabled, /etc/redis/redis.conf:138
                Memcached 11211/tcp 127.0.0.1, memcached.service disabled, /etc/memcached.conf:26
                RabbitMQ 5672/tcp, rabbitmq-server.service enabled, /etc/default/rabbitmq-server (its default)
                RabbitMQ 25672/tcp, rabbitmq-server.service enabled, /etc/default/rabbitmq-server (its default)
                ZooKeeper 2181/tcp, no unit unknown, /etc/zookeeper/conf/zoo.cfg:14
                Tomcat 8080/tcp, tomcat10.service disabled, /etc/tomcat10/server.xml:70
                etcd 2379/tcp, etcd.service disabled, /etc/default/etcd (its default)
                etcd 2380/tcp, etcd.service disabled, /etc/default/etcd (its default)
                Prometheus 9090/tcp, prometheus.service disabled, /etc/default/prometheus (its default)
                Prometheus node exporter 9100/tcp, prometheus-node-exporter.service disabled, /etc/default/prometheus-node-exporter (its default)
                Mosquitto 1883/tcp, mosquitto.service disabled, /etc/mosquitto/mosquitto.conf (its default)
                """);
    }

    /** As the packages do when they are installed. */
    private static void enable(FilesInMemory files, String target, String... units) {
        for (String unit : units) {
            files.with("/etc/systemd/system/" + target + ".wants/" + unit, "");
        }
    }
}
