package io.kairos.core.link;

import io.kairos.api.routing.InterfaceHandle;
import io.kairos.api.transport.InterfaceMode;
import io.kairos.api.transport.LinkBudget;

/** The one interface of a test node. */
public final class TestHandle implements InterfaceHandle {

    private final String name;
    private final LinkBudget budget;
    private boolean up = true;

    public TestHandle(String name, LinkBudget budget) {
        this.name = name;
        this.budget = budget;
    }

    public void up(boolean isUp) {
        up = isUp;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public LinkBudget budget() {
        return budget;
    }

    @Override
    public InterfaceMode mode() {
        return InterfaceMode.FULL;
    }

    @Override
    public boolean isUp() {
        return up;
    }
}
