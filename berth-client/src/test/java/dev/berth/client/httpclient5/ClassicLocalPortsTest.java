package dev.berth.client.httpclient5;

import dev.berth.client.HttpClientContract;
import dev.berth.client.LocalPorts;
import dev.berth.client.servers.Nginx;
import dev.berth.net.PortRange;
import java.io.IOException;
import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.io.entity.EntityUtils;

class ClassicLocalPortsTest extends HttpClientContract {
    @Override
    protected PortRange range() {
        return new PortRange(21_100, 21_199);
    }

    @Override
    protected Web open(LocalPorts ports, Nginx server) {
        CloseableHttpClient client = HttpClients.custom()
                .disableAutomaticRetries()
                .setConnectionManager(ClassicLocalPorts.connectionManager(ports)
                        .setTlsSocketStrategy(new DefaultClientTlsStrategy(server.sslContext()))
                        .build())
                .build();
        return new Web() {
            @Override
            public String get(URI uri) throws Exception {
                return client.execute(new HttpGet(uri), answer -> EntityUtils.toString(answer.getEntity()));
            }

            @Override
            public void close() throws IOException {
                client.close();
            }
        };
    }
}
