package io.kairos.transport.yggdrasil;

import java.io.IOException;

/** Addresses of the loopback device, for tests that need some of Yggdrasil. */
final class Addresses {

    private Addresses() {}

    /** Whether this machine has it now. */
    static boolean add(String address) throws IOException, InterruptedException {
        return run("ip", "-6", "addr", "replace", address + "/128", "dev", "lo", "nodad");
    }

    static void remove(String address) throws IOException, InterruptedException {
        run("ip", "-6", "addr", "del", address + "/128", "dev", "lo");
    }

    static boolean run(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false; // no such program
        }
    }
}
