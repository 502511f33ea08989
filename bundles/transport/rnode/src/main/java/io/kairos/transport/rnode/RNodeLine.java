package io.kairos.transport.rnode;

import io.kairos.api.transport.Signal;
import io.kairos.lib.medium.Line;
import io.kairos.lib.medium.LineEvents;
import java.nio.ByteBuffer;

/** A device with one radio, opened once. */
final class RNodeLine implements Line {

    private final Device device;
    private final int radio;

    RNodeLine(Device device, int radio) {
        this.device = device;
        this.radio = radio;
    }

    @Override
    public void run(LineEvents events) throws InterruptedException {
        device.run(new DeviceEvents() {

            @Override
            public void starting(String waitsFor) {
                events.starting(waitsFor);
            }

            @Override
            public void up(String news) {
                events.up(news);
            }

            @Override
            public void packet(int from, ByteBuffer packet, Signal signal) {
                events.packet(packet, signal);
            }

            @Override
            public void ready(int from, boolean isReady) {
                // the device cares for it
            }

            @Override
            public void malformed(long frames) {
                events.malformed(frames);
            }

            @Override
            public void endOfBurst() {
                events.endOfBurst();
            }
        });
    }

    @Override
    public boolean offer(ByteBuffer packet) {
        return device.offer(radio, packet);
    }

    @Override
    public void close() {
        device.close();
    }
}
