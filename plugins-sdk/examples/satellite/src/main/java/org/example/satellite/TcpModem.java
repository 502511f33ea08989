package org.example.satellite;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.ArrayBlockingQueue;

/** A modem or gateway behind a TCP port. One thread connects and reads, one writes. */
final class TcpModem implements Modem {

    private static final int CONNECT_MILLIS = 10_000;
    private static final byte[] END = {};

    private final String threads;
    private final String host;
    private final int port;
    private final Socket socket = new Socket();
    private final ArrayBlockingQueue<byte[]> toWrite = new ArrayBlockingQueue<>(4);

    TcpModem(String threads, String host, int port) {
        this.threads = threads;
        this.host = host;
        this.port = port;
    }

    @Override
    public void open(Listener listener) {
        thread("read", () -> connectAndRead(listener));
    }

    @Override
    public boolean send(byte[] bytes) {
        return toWrite.offer(bytes);
    }

    @Override
    public void close() {
        toWrite.clear();
        toWrite.offer(END);
        try {
            socket.close();
        } catch (IOException e) {
            // it is closed all the same
        }
    }

    private void connectAndRead(Listener listener) {
        try (socket) {
            socket.connect(new InetSocketAddress(InetAddress.getByName(host), port), CONNECT_MILLIS);
            socket.setTcpNoDelay(true);
            thread("write", this::write);
            listener.connected();
            InputStream in = socket.getInputStream();
            byte[] read = new byte[4_096];
            for (int count = in.read(read); count >= 0; count = in.read(read)) {
                listener.received(read, count);
            }
            listener.lost("it has closed the connection");
        } catch (IOException e) {
            listener.lost(e.getClass().getSimpleName());
        } finally {
            toWrite.clear();
            toWrite.offer(END);
        }
    }

    @SuppressWarnings("ReferenceEquality") // the end is one object
    private void write() {
        try {
            for (byte[] next = toWrite.take(); next != END; next = toWrite.take()) {
                socket.getOutputStream().write(next);
            }
        } catch (IOException e) {
            close(); // the reading thread notices
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void thread(String job, Runnable task) {
        Thread thread = new Thread(task, threads + "-" + job);
        thread.setDaemon(true);
        thread.start();
    }
}
