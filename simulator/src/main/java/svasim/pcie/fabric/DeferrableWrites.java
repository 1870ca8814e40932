package svasim.pcie.fabric;

import java.util.ArrayList;
import java.util.List;
import svasim.kernel.EventHandler;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.Tlp;

/**
 * Deferrable memory writes of the cores on their way to devices and back: gives each a tag, and
 * tells the core what its completion says. A core has one in flight at most.
 */
final class DeferrableWrites implements EventHandler {
    private final RootComplexConfig config;
    private final Host host;

    /** By tag: who waits for the completion; null for a tag that is free. */
    private final List<DeferredAnswer> waiting = new ArrayList<>();

    DeferrableWrites(RootComplexConfig config, Host host) {
        this.config = config;
        this.host = host;
    }

    /**
     * Sends a write down.
     *
     * @param port above the device; null if no device claims the address: then the answer is {@link
     *     CompletionStatus#UNSUPPORTED_REQUEST}, after the time of a request
     */
    void send(RootPort port, long address, byte[] data, DeferredAnswer answer) {
        int tag = take(answer);
        if (port == null) {
            int status = CompletionStatus.UNSUPPORTED_REQUEST.code();
            host.kernel().after(config.request().value(), this, status, tag);
            return;
        }
        Tlp write =
                new Tlp.DeferrableWrite(
                        config.agentId(),
                        tag,
                        address,
                        data,
                        AddressType.UNTRANSLATED,
                        null,
                        Attributes.DEFAULT);
        port.send(write, host.kernel().nowPs());
    }

    /**
     * A completion has come up.
     *
     * @return false if it answers nothing that is under way
     */
    boolean completed(Tlp.Completion completion) {
        int tag = completion.tag();
        boolean expected =
                completion.requesterId() == config.agentId()
                        && tag < waiting.size()
                        && waiting.get(tag) != null;
        if (expected) {
            int status = completion.status().code();
            host.kernel().after(config.completion().value(), this, status, tag);
        }
        return expected;
    }

    @Override
    public void handle(long nowPs, int status, long tag) {
        DeferredAnswer answer = waiting.set((int) tag, null);
        answer.answered(CompletionStatus.of(status), nowPs);
    }

    private int take(DeferredAnswer answer) {
        int free = waiting.indexOf(null);
        if (free < 0) {
            waiting.add(answer);
            return waiting.size() - 1;
        }
        waiting.set(free, answer);
        return free;
    }
}
