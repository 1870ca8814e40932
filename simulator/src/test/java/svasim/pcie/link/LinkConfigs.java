package svasim.pcie.link;

import svasim.units.Picoseconds;

/** Links that differ from others in a few things. */
public final class LinkConfigs {
    private LinkConfigs() {}

    /** With other packets that wait at a sender, and other room at a receiver. */
    public static LinkConfig withBuffers(LinkConfig link, int queue, CreditConfig credits) {
        return new LinkConfig(
                link.generation(),
                link.lanes(),
                link.flight(),
                link.maxPayload(),
                queue,
                credits,
                link.replayBuffer(),
                link.bitErrorRate(),
                link.onDie(),
                link.lateness());
    }

    /** With other times. */
    public static LinkConfig withTimes(LinkConfig link, Picoseconds flight, Picoseconds lateness) {
        return new LinkConfig(
                link.generation(),
                link.lanes(),
                flight,
                link.maxPayload(),
                link.queue(),
                link.credits(),
                link.replayBuffer(),
                link.bitErrorRate(),
                link.onDie(),
                lateness);
    }

    /** With a probability that a bit is received wrongly. */
    public static LinkConfig withErrors(LinkConfig link, double bitErrorRate) {
        return new LinkConfig(
                link.generation(),
                link.lanes(),
                link.flight(),
                link.maxPayload(),
                link.queue(),
                link.credits(),
                link.replayBuffer(),
                bitErrorRate,
                link.onDie(),
                link.lateness());
    }
}
