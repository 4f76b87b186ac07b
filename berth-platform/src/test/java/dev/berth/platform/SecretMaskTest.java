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

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            bind failed, password=hunter2, port=80                 ~ bind failed, password=***, port=80
            Config{user=a, password=a,b), port=1433}               ~ Config{user=a, password=***, port=1433}
            Config(user=a,password=x,port=1433)                    ~ Config(user=a,password=***,port=1433)
            password: hunter2                                      ~ password: ***
            db.password = "two words" port = 5432                  ~ db.password = "***" port = 5432
            password="cut off                                      ~ password="***
            password='it\\'s' port=1                                ~ password=*** port=1
            PGPASSWORD=x psql                                      ~ PGPASSWORD=*** psql
            Server=db,1433;User Id=sa;Password=two words;App=y     ~ Server=db,1433;User Id=sa;Password=***;App=y
            Server=db,1433;Password=x port=80; eof                 ~ Server=db,1433;Password=*** port=80; eof
            {"user":"a","password":"x\\"y","port":80}               ~ {"user":"a","password":"***","port":80}
            {"password":12345,"port":80}                           ~ {"password":***,"port":80}
            {"log":"{\\"password\\":\\"x\\",\\"port\\":80}"}             ~ {"log":"{\\"password\\":\\"***\\",\\"port\\":80}"}
            {tcp_listeners,[5672]},{default_pass,<<"guest">>}      ~ {tcp_listeners,[5672]},{default_pass,<<"***">>}
            [{password,"x"},{port,5672}]                           ~ [{password,"***"},{port,5672}]
            #{password => <<"x">>,port => 1883}                    ~ #{password => <<"***">>,port => 1883}
            {:password=>"x", :port=>80}                            ~ {:password=>"***", :port=>80}
            <password>x</password><port>80</port>                  ~ <password>***</password><port>80</port>
            CREATE USER a IDENTIFIED BY 'x'                        ~ CREATE USER a IDENTIFIED BY '***'
            dial root:x@tcp(10.0.0.9:3306)/shop failed             ~ dial root:***@tcp(10.0.0.9:3306)/shop failed
            connect amqp://a:p@ss@h:5672/ failed                   ~ connect amqp://a:***@h:5672/ failed
            GET https://0123456789abcdef0123@h:80/ failed          ~ GET https://***@h:80/ failed
            GET /?sig=a%2Fb&port=80                                ~ GET /?sig=***&port=80
            Authorization: Bearer abc.def to 10.0.0.9:443          ~ Authorization: Bearer *** to 10.0.0.9:443
            {"m":"{\\"Authorization\\":\\"Basic YTpi\\"}"}             ~ {"m":"{\\"Authorization\\":\\"Basic ***\\"}"}
            X-Api-Key: abc                                         ~ X-Api-Key: ***
            app --password x --port 80                             ~ app --password *** --port 80
            token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln bad    ~ token *** bad
            """)
    void a_secret_in_a_line_of_a_log_goes_and_what_is_around_it_stays(String line, String shown) {
        assertThat(SecretMask.line(line)).isEqualTo(shown);
        assertThat(SecretMask.line(shown)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024/01/01 00:00:00 [emerg] 1#1: bind() to 0.0.0.0:80 failed (98: Address already in use)",
                "Server TCP provider failed to listen on [ 'any' <ipv6> 1433]. Tcp port is already in use.",
                "password authentication failed for user \"shop\" at 10.0.0.9:5432",
                "dial tcp 10.0.0.9:5432: connect: cannot assign requested address",
                "{listen_error,{127,0,0,1},5672,eaddrinuse}",
                "java.net.BindException: Address already in use: bind",
                "token://host:8080 and http://127.0.0.1:8080/path@rev",
                "The service-token-cache listens on port: 8080",
            })
    void a_line_without_a_secret_stays(String line) {
        assertThat(SecretMask.line(line)).isEqualTo(line);
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
    @ValueSource(
            strings = {
                "a",
                "password",
                "-",
                "://a:",
                "eyJ",
                "token ",
                "--password ",
                "password=",
                "x-",
                "a=,",
                "password:\"\\",
                "a:"
            })
    @Timeout(20)
    void a_command_line_as_long_as_the_kernel_allows_takes_no_longer_than_its_length(String piece) {
        String text = piece.repeat(131_072 / piece.length()); // MAX_ARG_STRLEN, linux/binfmts.h

        long started = System.nanoTime();
        SecretMask.mask(List.of("app", text));
        SecretMask.line(text);

        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(2));
    }

    @FuzzTest
    void any_text_is_masked(@NotNull String text) {
        assertThat(SecretMask.mask(List.of(text.split("\0", -1)))).isNotNull();
        assertThat(SecretMask.line(text)).isNotNull();
    }
}
