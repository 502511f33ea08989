package io.kairos.admin.shell.iface;

import io.kairos.admin.shell.NodeCommand;
import java.util.Optional;

/** What commands for interfaces share: names of interfaces are unique on the node, so they look at all its networks. */
abstract class InterfaceCommand extends NodeCommand {

    @Override
    protected final Optional<String> usualNetwork() {
        return Optional.empty();
    }
}
