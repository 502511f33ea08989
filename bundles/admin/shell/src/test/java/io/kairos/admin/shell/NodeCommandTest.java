package io.kairos.admin.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.routing.Router;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class NodeCommandTest {

    @Test
    void aFailureStaysWhatItIs() {
        MeshException known = new MeshException(Failure.Kind.PEER, "gone", "wait");

        assertSame(known.failure(), NodeCommand.failureOf(known));
        assertSame(known.failure(), NodeCommand.failureOf(new CompletionException(known)));
    }

    @Test
    void anythingElseIsOurMistakeAndSaysSo() {
        Failure failure = NodeCommand.failureOf(new IllegalStateException("oops"));

        assertEquals(Failure.Kind.BUG, failure.kind());
        assertTrue(failure.message().contains("oops"));
    }

    @Test
    void aMissingServiceIsNamedWithARemedy() {
        MeshException missing =
                Assertions.assertThrows(MeshException.class, () -> new FakeServices().require(Router.class));

        assertEquals("No router is running.", missing.getMessage());
        assertTrue(missing.remedy().contains("bundle:list"));
    }
}
