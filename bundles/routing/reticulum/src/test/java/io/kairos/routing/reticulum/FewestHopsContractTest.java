package io.kairos.routing.reticulum;

import io.kairos.api.routing.RoutingStrategy;
import io.kairos.test.contract.RoutingStrategyContract;

class FewestHopsContractTest extends RoutingStrategyContract {

    @Override
    protected RoutingStrategy strategy() {
        return new FewestHops();
    }
}
