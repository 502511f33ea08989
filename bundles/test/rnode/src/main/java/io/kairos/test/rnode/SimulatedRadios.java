package io.kairos.test.rnode;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Several modems that hear each other, as a program: {@code pty:/tmp/radio-a tcp:7634 …}, each a device for another host;
 * {@code --speed 10} lets ten seconds of radio pass in one, {@code --loss 0.1} loses a tenth.
 */
public final class SimulatedRadios {

    private SimulatedRadios() {}

    /** Runs until its standard input ends. */
    public static void main(String[] args) throws Exception {
        double speed = 1;
        double loss = 0;
        List<String> places = new ArrayList<>();
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("--speed")) {
                speed = Double.parseDouble(args[++i]);
            } else if (args[i].equals("--loss")) {
                loss = Double.parseDouble(args[++i]);
            } else {
                places.add(args[i]);
            }
        }
        RealTime time = new RealTime();
        Air air = new Air(time, time, speed, 1);
        air.loss(loss);
        List<AutoCloseable> open = new ArrayList<>();
        for (String place : places) {
            Modem modem = new Modem(air, place);
            if (place.startsWith("pty:")) {
                open.add(new PtyModem(modem, Path.of(place.substring(4))));
            } else if (place.startsWith("tcp:")) {
                open.add(new TcpModem(modem, Integer.parseInt(place.substring(4))));
            } else {
                throw new IllegalArgumentException("neither pty: nor tcp: " + place);
            }
            time.every(Duration.ofSeconds(1), modem::statistics);
        }
        System.out.println("ready " + places);
        CountDownLatch end = new CountDownLatch(1);
        Thread input = new Thread(() -> {
            try {
                while (System.in.read() >= 0) {
                    // only the end counts
                }
            } catch (java.io.IOException e) {
                // that is an end, too
            }
            end.countDown();
        });
        input.setDaemon(true);
        input.start();
        end.await();
        for (AutoCloseable each : open) {
            each.close();
        }
        System.out.println("sent " + air.sent() + ", spoilt " + air.collisions());
    }
}
