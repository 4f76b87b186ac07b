package dev.berth.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

/**
 * Makes TLS sockets over the sockets of another factory. The name that the server is asked for (SNI), and has to prove, is
 * the one the caller gave; no address is looked up for a name.
 */
final class LayeredSocketFactory extends SSLSocketFactory {
    private final SocketFactory plain;
    private final SSLSocketFactory tls;

    LayeredSocketFactory(SocketFactory plain, SSLSocketFactory tls) {
        this.plain = plain;
        this.tls = tls;
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return tls.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return tls.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket() throws IOException {
        return new LateTlsSocket(plain.createSocket(), tls);
    }

    @Override
    public Socket createSocket(Socket socket, InputStream consumed, boolean autoClose) throws IOException {
        return tls.createSocket(socket, consumed, autoClose);
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
        return tls.createSocket(socket, host, port, autoClose);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return over(plain.createSocket(host, port), host, port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return over(plain.createSocket(host, port, localHost, localPort), host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return over(plain.createSocket(host, port), name(host), port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return over(plain.createSocket(host, port, localHost, localPort), name(host), port);
    }

    private Socket over(Socket socket, String host, int port) throws IOException {
        try {
            return tls.createSocket(socket, host, port, true);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static String name(InetAddress host) {
        return new InetSocketAddress(host, 0).getHostString();
    }
}
