package org.example.hello;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kairos.api.routing.PathCandidate;
import io.kairos.api.routing.RoutingStrategy;
import io.kairos.test.contract.RoutingStrategyContract;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every routing strategy has to pass, and what this one prefers. */
class HelloStrategyContractTest extends RoutingStrategyContract {

    @Override
    protected RoutingStrategy strategy() {
        return new HelloStrategy();
    }

    @Test
    void theShorterOfTwoPathsThatCostTheSameIsUsed() {
        PathCandidate near = candidate("wire", 1);
        PathCandidate far = candidate("wire", 3);

        assertEquals(List.of(near, far), strategy().rank(List.of(far, near), 0));
        assertEquals(
                "as cheap, and shorter or newer",
                strategy().judge(Optional.of(far), near, false, 0).reason());
    }
}
