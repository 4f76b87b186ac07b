package dev.berth.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.berth.net.Cases;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In the tables {@code |} stands between two arguments, as a NUL does in {@code /proc/PID/cmdline}. */
class SecretMaskTest {
    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            app|--password=hunter2|--port=80            ~ app --password=*** --port=80
            app|--password|hunter2|--port|80            ~ app --password *** --port 80
            app|--password=two words; and more          ~ app --password=***
            app|--db.password=x                         ~ app --db.password=***
            java|-Djavax.net.ssl.keyStorePassword=x|Main ~ java -Djavax.net.ssl.keyStorePassword=*** Main
            app|--api-key|abc                           ~ app --api-key ***
            app|--apikey=abc|--clientSecret=def         ~ app --apikey=*** --clientSecret=***
            app|token=abc                               ~ app token=***
            env|PGPASSWORD=x,y|psql                     ~ env PGPASSWORD=*** psql
            env|AWS_SECRET_ACCESS_KEY=/abc              ~ env AWS_SECRET_ACCESS_KEY=***
            redis-server|--requirepass|x|--port|6379    ~ redis-server --requirepass *** --port 6379
            redis-cli|-a|x|-p|6379                      ~ redis-cli -a *** -p 6379
            /usr/bin/mysql|-psecret|-P3306|db           ~ /usr/bin/mysql -p*** -P3306 db
            mysql|-p|shop|-P|3306                       ~ mysql -p shop -P 3306
            sqlcmd|-S|db,1433|-U|sa|-P|x                ~ sqlcmd -S db,1433 -U sa -P ***
            C:\\Tools\\SQLCMD.EXE|-S|db,1433|-P|x        ~ C:\\Tools\\SQLCMD.EXE -S db,1433 -P ***
            setup.exe|/sapwd:x|/password:x|/port:1433   ~ setup.exe /sapwd:x /password:*** /port:1433
            curl|-u|me:x|http://h:8080/                 ~ curl -u *** http://h:8080/
            curl|-H|Authorization: Bearer abc.def|http://h:80 ~ curl -H Authorization: Bearer *** http://h:80
            curl|-H|Authorization:|Basic|abcdefgh       ~ curl -H Authorization: Basic ***
            curl|-H|X-Api-Key: abc                      ~ curl -H X-Api-Key: ***
            curl|-H|Cookie: a=b; c=d                    ~ curl -H Cookie: ***
            app|postgres://me:p@ss@db:5432/shop         ~ app postgres://me:***@db:5432/shop
            app|redis://:x@cache:6379                   ~ app redis://:***@cache:6379
            app|amqp://a:b@h:1,amqp://c:d@i:2           ~ app amqp://a:***@h:1,amqp://c:***@i:2
            app|jdbc:oracle:thin:me/x@db:1521:orcl      ~ app jdbc:oracle:thin:me/***@db:1521:orcl
            app|jdbc:sqlserver://db:1433;user=sa;password=x;encrypt=true ~ app jdbc:sqlserver://db:1433;user=sa;password=***;encrypt=true
            app|jdbc:mysql://db:3306/s?user=a&password=x&useSSL=true ~ app jdbc:mysql://db:3306/s?user=a&password=***&useSSL=true
            psql|password=x y host=db port=5432         ~ psql password=*** host=db port=5432
            app|Server=db,1433;Uid=sa;Pwd=x;App=y       ~ app Server=db,1433;Uid=sa;Pwd=***;App=y
            app|{"user":"a","password":"x","port":80}   ~ app {"user":"a","password":"***","port":80}
            sh|-c|java -Dpassword=x -jar a.jar --port 80 ~ sh -c java -Dpassword=*** -jar a.jar --port 80
            sh|-c|app --password x --port 80            ~ sh -c app --password *** --port 80
            openssl|rsa|-passin|pass:x                  ~ openssl rsa -passin pass:***
            app|eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln ~ app ***
            app|AKIAIOSFODNN7EXAMPLE|8080               ~ app *** 8080
            app|https://ghp_abcdefghijklmnopqrstuvwxyz0123456789@github.com/a ~ app https://***@github.com/a
            """)
    void a_secret_goes_and_what_is_around_it_stays(String commandLine, String shown) {
        assertThat(SecretMask.mask(List.of(commandLine.split("\\|", -1)))).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java -cp /opt/secret:/opt/token:/lib/a.jar org.acme.PasswordServer 8080",
                "java org.acme.token.TokenServer --port 8080",
                "app --max-tokens=100 --port=8080",
                "app --use-token 8080 --no-password 5432",
                "app --password-file=/run/secrets/db --token-ttl=30",
                "app --password --port 8080",
                "app --bypass=true --compass=north --passport 8080",
                "env PWD=/srv/app node server.js 3000",
                "docker run -p 8080:80 -u 1000:1000 nginx",
                "ssh -p 2222 me@host -L 8080:db:5432",
                "kube-apiserver --authorization-mode=Node,RBAC --secure-port=6443",
                "haproxy -f http://127.0.0.1:8080/path@rev",
                "nginx: master process /usr/sbin/nginx -g daemon off;",
                "postgres: shop me 10.0.0.7(51234) idle",
                "python3 -m http.server 8000 --bind 127.0.0.1",
            })
    void what_is_no_secret_stays(String commandLine) {
        assertThat(SecretMask.mask(List.of(commandLine.split(" ", -1)))).isEqualTo(commandLine);
    }

    @Test
    void a_secret_in_any_place_never_shows() {
        List<String> names = List.of("password", "api_key", "client-secret", "auth.token", "PGPASSWORD");
        Cases.of(random -> {
                    String name = names.get(random.nextInt(names.size()));
                    String dashes = "-".repeat(random.nextInt(1, 3));
                    return random.nextBoolean()
                            ? List.of("app", dashes + name + "=S3CR3T", "--port", "80")
                            : List.of("app", dashes + name, "S3CR3T", "--port", "80");
                })
                .seed(Cases.fresh())
                .forEach(arguments -> assertThat(SecretMask.mask(arguments))
                        .doesNotContain("S3CR3T")
                        .endsWith(" --port 80"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "password", "-", "://a:", "eyJ", "token ", "--password ", "password=", "x-", "a=,"})
    @Timeout(20)
    void a_command_line_as_long_as_the_kernel_allows_takes_no_longer_than_its_length(String piece) {
        String text = piece.repeat(131_072 / piece.length()); // MAX_ARG_STRLEN, linux/binfmts.h

        long started = System.nanoTime();
        SecretMask.mask(List.of("app", text));

        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(2));
    }

    @FuzzTest
    void any_text_is_masked(@NotNull String text) {
        assertThat(SecretMask.mask(List.of(text.split("\0", -1)))).isNotNull();
    }
}
