package io.kairos.transport.websocket;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.io.IOException;
import java.net.IDN;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** TLS 1.3 over a plain connection, with what the Java runtime has. */
final class Tls {

    private static final String VERSION = "TLSv1.3";
    private static final String[] PROTOCOLS = {"http/1.1"};
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");

    private Tls() {}

    /**
     * The side that calls: checks the certificate and the host's name in it.
     *
     * @param trusted certificates that are trusted alone; empty: those of the Java runtime
     */
    static SSLSocket client(Socket plain, String host, int port, Optional<Path> trusted) throws IOException {
        TrustManager[] managers = trusted.map(Tls::trust).orElse(null);
        SSLSocket socket =
                (SSLSocket) context(null, managers).getSocketFactory().createSocket(plain, host, port, true);
        SSLParameters parameters = parameters(socket);
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (!ADDRESS.matcher(host).matches()) {
            parameters.setServerNames(List.of(new SNIHostName(IDN.toASCII(host))));
        }
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    /** The side that is called. The handshake is done by the first read. */
    static SSLSocket server(Socket plain, SSLContext context) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, null, true);
        socket.setUseClientMode(false);
        SSLParameters parameters = parameters(socket);
        parameters.setUseCipherSuitesOrder(true);
        socket.setSSLParameters(parameters);
        return socket;
    }

    private static SSLParameters parameters(SSLSocket socket) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(new String[] {VERSION});
        parameters.setApplicationProtocols(PROTOCOLS);
        return parameters;
    }

    /** What a server needs of its two files. */
    static SSLContext serverContext(Path certificates, Path key) {
        List<X509Certificate> chain = PemFiles.certificates("tls.certificate.file", certificates);
        PrivateKey own = PemFiles.key("tls.key.file", key);
        try {
            checkPair(chain.get(0), own);
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("own", own, new char[0], chain.toArray(new Certificate[0]));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, new char[0]);
            return context(factory.getKeyManagers(), null);
        } catch (GeneralSecurityException | IOException e) {
            throw new MeshException(
                    Failure.Kind.CONFIGURATION,
                    "tls.certificate.file and tls.key.file do not belong together",
                    "Give the certificate with its chain and the key that it was made for. Kairos tries again by itself.",
                    e);
        }
    }

    /** The Java runtime would notice only when the first visitor comes. */
    private static void checkPair(X509Certificate certificate, PrivateKey own) throws GeneralSecurityException {
        String algorithm = switch (own.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> "Ed25519";
        };
        byte[] sample = {1, 2, 3};
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(own);
        signature.update(sample);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(sample);
        if (!signature.verify(signed)) {
            throw new SignatureException("the key is another one's");
        }
    }

    private static TrustManager[] trust(Path file) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            int number = 0;
            for (X509Certificate certificate : PemFiles.certificates("certificate.file", file)) {
                store.setCertificateEntry("trusted" + number++, certificate);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw new MeshException(
                    Failure.Kind.CONFIGURATION, "certificate.file cannot be used", "Give a PEM file.", e);
        }
    }

    private static SSLContext context(KeyManager[] own, TrustManager[] trusted) {
        try {
            SSLContext context = SSLContext.getInstance(VERSION);
            context.init(own, trusted, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java 17 runtime has TLS 1.3", e);
        }
    }
}
