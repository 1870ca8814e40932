package svasim.iommu.core;

import java.util.ArrayList;
import java.util.List;

/** Remembers what a unit tells whoever emulates it, who may take his time. */
public final class HeardForwarding implements Forwarding {
    /** What was told about entries. */
    public record Entries(int requesterId, int pasid) {}

    public final List<Entries> entries = new ArrayList<>();
    public final List<Scope> scopes = new ArrayList<>();
    private Runnable goOn = () -> {};
    private boolean held;
    private boolean idle = true;

    /** From now on nothing that is told is done at once. */
    public void hold() {
        held = true;
    }

    /** Everything that was told is done. */
    public void release() {
        held = false;
        idle = true;
        goOn.run();
    }

    public void clear() {
        entries.clear();
        scopes.clear();
    }

    @Override
    public void entries(int requesterId, int pasid) {
        entries.add(new Entries(requesterId, pasid));
        idle &= !held;
    }

    @Override
    public void translations(Scope scope) {
        scopes.add(scope);
        idle &= !held;
    }

    @Override
    public boolean idle() {
        return idle;
    }

    @Override
    public void whenIdle(Runnable proceed) {
        goOn = proceed;
    }
}
