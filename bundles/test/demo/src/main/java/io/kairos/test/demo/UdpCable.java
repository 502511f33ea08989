package io.kairos.test.demo;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Passes datagrams between two nodes at a limited speed; what does not fit into its queues is lost. */
final class UdpCable implements Cable {

    private static final int QUEUE = 512;
    private static final int LARGEST_DATAGRAM = 65_507;

    private final DatagramSocket left;
    private final DatagramSocket right;
    private final AtomicLong carried = new AtomicLong();

    /**
     * @param leftPort where the left node sends to
     * @param leftNodePort where the left node listens
     * @param rightPort where the right node sends to
     * @param rightNodePort where the right node listens
     */
    UdpCable(int leftPort, int leftNodePort, int rightPort, int rightNodePort, long bitsPerSecond) throws IOException {
        left = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), leftPort));
        right = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), rightPort));
        carry("forth", left, right, rightNodePort, bitsPerSecond);
        carry("back", right, left, leftNodePort, bitsPerSecond);
    }

    private void carry(String job, DatagramSocket from, DatagramSocket out, int port, long bitsPerSecond) {
        BlockingQueue<byte[]> queue = new ArrayBlockingQueue<>(QUEUE);
        start(job + "-in", () -> {
            byte[] buffer = new byte[LARGEST_DATAGRAM];
            while (!from.isClosed()) {
                DatagramPacket datagram = new DatagramPacket(buffer, buffer.length);
                try {
                    from.receive(datagram);
                    queue.offer(Arrays.copyOf(buffer, datagram.getLength()));
                } catch (IOException e) {
                    // nobody listens at the other end yet, or the cable is cut: the loop's condition decides
                }
            }
        });
        Throttle throttle = new Throttle(bitsPerSecond);
        start(job + "-out", () -> {
            while (!out.isClosed()) {
                try {
                    byte[] datagram = queue.take();
                    throttle.pass(datagram.length);
                    out.send(new DatagramPacket(datagram, datagram.length, InetAddress.getLoopbackAddress(), port));
                    carried.addAndGet(datagram.length);
                } catch (IOException e) {
                    // as above: a datagram may get lost
                } catch (InterruptedException e) {
                    return;
                }
            }
        });
    }

    private static void start(String job, Runnable task) {
        Thread thread = new Thread(task, "demo-udp-cable-" + job);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void cut() {
        left.close();
        right.close();
    }

    @Override
    public long carriedBytes() {
        return carried.get();
    }

    @Override
    public void close() {
        cut();
    }
}
