package svasim.machine.fault;

import svasim.pcie.endpoint.Function;
import svasim.pcie.fabric.Tampering;
import svasim.pcie.tlp.Tlp;

/** Counts packets of a kind, and has some of them suffer. */
final class PacketStrike implements Tampering.Strike {
    private final FaultConfig config;
    private final Function only;
    private final Runnable tell;
    private int seen;

    /**
     * @param only whose packets are counted; null: those of everybody
     * @param tell told of each packet that suffers
     */
    PacketStrike(FaultConfig config, Function only, Runnable tell) {
        this.config = config;
        this.only = only;
        this.tell = tell;
    }

    @Override
    public Tampering.Effect effect() {
        return config.what().effect();
    }

    @Override
    public boolean hits(Tlp tlp) {
        if (!config.tlp().covers(tlp) || !isOurs(tlp)) {
            return false;
        }
        seen++;
        boolean hit = seen >= config.nth() && seen - config.nth() < config.count();
        if (hit) {
            tell.run();
        }
        return hit;
    }

    private boolean isOurs(Tlp tlp) {
        return only == null
                || tlp.senderId() == only.requesterId()
                || tlp instanceof Tlp.RoutedById routed
                        && routed.destinationId() == only.requesterId()
                || tlp instanceof Tlp.MemoryRequest request && only.claims(request.address());
    }
}
