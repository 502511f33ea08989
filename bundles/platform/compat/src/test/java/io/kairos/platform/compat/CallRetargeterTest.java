package io.kairos.platform.compat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class CallRetargeterTest {

    private static final Set<String> MAX = Set.of("java/lang/Math.max(II)I");
    private static final String SMALLEST = "io/kairos/platform/compat/CallRetargeterTest$Smallest";

    /** What the calls are pointed at: the opposite of what the caller believes. */
    public static final class Smallest {

        private Smallest() {}

        public static int max(int one, int other) {
            return Math.min(one, other);
        }
    }

    /** Calls what is replaced, what is not, and has constants that count twice. */
    public static final class Caller implements Callable<String> {

        @Override
        public String call() {
            long large = 1_234_567_890_123L + Math.max(3, 7);
            double fraction = 0.1234567 * Math.max(2, 5);
            return Math.max(3, 7) + " " + Math.max(3L, 7L) + " " + large + " " + fraction;
        }
    }

    @Test
    void onlyTheNamedCallGoesElsewhere() throws Exception {
        byte[] changed =
                CallRetargeter.retarget(classFile(Caller.class), MAX, SMALLEST).orElseThrow();

        assertEquals("7 7 1234567890130 " + 0.1234567 * 5, new Caller().call());
        assertEquals("3 7 1234567890126 " + 0.1234567 * 2, run(changed));
    }

    @Test
    void aClassWithoutSuchACallStaysAsItIs() {
        assertEquals(Optional.empty(), CallRetargeter.retarget(classFile(Smallest.class), MAX, SMALLEST));
    }

    @Test
    void theOriginalBytesAreNotTouched() {
        byte[] original = classFile(Caller.class);
        byte[] copy = original.clone();

        CallRetargeter.retarget(original, MAX, SMALLEST);

        assertArrayEquals(copy, original);
    }

    @Test
    void bytesThatAreNoClassFileAreRefused() {
        byte[] original = classFile(Caller.class);
        for (int length = 0; length < 200; length++) {
            byte[] cut = Arrays.copyOf(original, length);
            assertThrows(IllegalArgumentException.class, () -> CallRetargeter.retarget(cut, MAX, SMALLEST));
        }
        byte[] strange = original.clone();
        strange[10] = 99;
        assertThrows(IllegalArgumentException.class, () -> CallRetargeter.retarget(strange, MAX, SMALLEST));
    }

    @Test
    void karafsOwnCallsAreFound() {
        byte[] changed = CallRetargeter.retarget(
                        classFile(SubjectShimTest.AsKarafDoes.class), SubjectWeaver.CALLS, SubjectWeaver.SHIM)
                .orElseThrow();
        assertTrue(changed.length > classFile(SubjectShimTest.AsKarafDoes.class).length);
        assertSame(Optional.empty(), CallRetargeter.retarget(changed, SubjectWeaver.CALLS, SubjectWeaver.SHIM));
    }

    static byte[] classFile(Class<?> type) {
        String name = type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getClassLoader().getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String run(byte[] changed) throws ReflectiveOperationException {
        Class<?> type = new Loader().define(Caller.class.getName(), changed);
        try {
            return (String) type.getMethod("call").invoke(type.getConstructor().newInstance());
        } catch (InvocationTargetException e) {
            throw new AssertionError(e.getCause());
        }
    }

    /** Defines changed classes beside those of the test. */
    static final class Loader extends ClassLoader {

        Loader() {
            super(CallRetargeterTest.class.getClassLoader());
        }

        Class<?> define(String name, byte[] bytes) {
            return defineClass(name, bytes, 0, bytes.length);
        }
    }
}
