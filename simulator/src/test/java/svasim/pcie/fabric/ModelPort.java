package svasim.pcie.fabric;

import java.util.ArrayList;
import java.util.List;

/** A port of the random fabric as the slow model sees it: a tree, and what was configured. */
final class ModelPort {
    final Port port;

    /** The switch that it belongs to; null for a root port. */
    final ModelSwitch owner;

    final boolean prefixes;
    final boolean prefixBlocking;
    final AccessControlConfig access;
    final String name;

    /** What hangs below: nodes, or a switch. */
    final List<FabricNode> nodes = new ArrayList<>();

    ModelSwitch below;

    ModelPort(
            String name,
            Port port,
            ModelSwitch owner,
            boolean[] prefixes,
            AccessControlConfig access) {
        this.name = name;
        this.port = port;
        this.owner = owner;
        this.prefixes = prefixes[0];
        this.prefixBlocking = prefixes[1];
        this.access = access;
    }

    /** Whether a port is this one or further below. */
    boolean leadsTo(ModelPort leaf) {
        for (ModelPort at = leaf; at != null; at = at.owner == null ? null : at.owner.above) {
            if (at == this) {
                return true;
            }
        }
        return false;
    }

    /** A switch as the model sees it. */
    static final class ModelSwitch {
        final ModelPort above;
        final boolean prefixes;
        final boolean prefixBlocking;
        final List<ModelPort> ports = new ArrayList<>();

        ModelSwitch(ModelPort above, boolean[] prefixes) {
            this.above = above;
            this.prefixes = prefixes[0];
            this.prefixBlocking = prefixes[1];
        }
    }
}
