package io.kairos.test.bench.load;

import io.kairos.api.packet.DestinationHash;
import io.kairos.lib.wire.PacketBytes;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;

/** Sends one packet at a time through an idle node and times it from write to arrival. */
final class LatencyLoad {

    private final int port;
    private final SecureRandom random = new SecureRandom();

    LatencyLoad(int port) {
        this.port = port;
    }

    /**
     * What was measured.
     *
     * @param medianMicros half of the packets were faster
     * @param p99Micros 99 of 100 were faster
     */
    record Result(double medianMicros, double p99Micros) {}

    Result run(int warmUp, int packets) throws IOException, InterruptedException {
        try (MeshSocket receiver = new MeshSocket(port);
                MeshSocket sender = new MeshSocket(port)) {
            TestDestination destination = new TestDestination(random);
            DestinationHash node = Introduction.of(destination, receiver, sender, random);
            receiver.readTimeout(20_000);
            double[] micros = new double[packets];
            for (int i = -warmUp; i < packets; i++) {
                byte[] packet = packet(node, destination.address());
                long start = System.nanoTime();
                sender.send(packet);
                awaitData(receiver);
                if (i >= 0) {
                    micros[i] = (System.nanoTime() - start) / 1e3;
                }
                Thread.sleep(1);
            }
            Arrays.sort(micros);
            return new Result(micros[packets / 2], micros[packets * 99 / 100]);
        }
    }

    private static void awaitData(MeshSocket receiver) throws IOException {
        while (PacketBytes.type(receiver.receive(), 0) != 0) {
            // announces that the node repeats are not what is timed
        }
    }

    private byte[] packet(DestinationHash node, DestinationHash destination) {
        byte[] packet = new byte[100];
        random.nextBytes(packet);
        packet[0] = 0x50;
        packet[1] = 0;
        node.writeTo(packet, 2);
        destination.writeTo(packet, 18);
        packet[34] = 0;
        return packet;
    }
}
