package svasim.pcie.link;

import svasim.pcie.tlp.Tlp;

/** One end of a link. */
public final class LinkPort implements TlpSink {
    private final Transmitter transmitter;
    private final Receiver receiver;

    LinkPort(Transmitter transmitter, Receiver receiver) {
        this.transmitter = transmitter;
        this.receiver = receiver;
    }

    /** Takes a packet to send to the other end; refuses if too many of its flow class wait. */
    @Override
    public boolean offer(Tlp tlp, long nowPs) {
        return transmitter.offer(tlp, nowPs);
    }

    /** Whoever takes what arrives here has refused a packet and has room again. */
    public void retry(long nowPs) {
        receiver.handOver(nowPs);
    }

    /** A switch sends on here what others have sent; at assembly. */
    public void forwards() {
        transmitter.forwards();
    }

    /** The next packet sent from here, of either layer, arrives with a wrong bit. */
    public void corruptNext() {
        transmitter.errors().demand();
    }

    /**
     * Bits sent from here arrive wrong with this probability from now on.
     *
     * @param rate 0 to 1e-3
     */
    public void errorRate(double rate) {
        transmitter.errors().rate(rate);
    }

    /** Bits arrive wrong with the probability that the link was made with. */
    public void usualErrors() {
        transmitter.errors().usualRate();
    }

    /** Time from the offer of a packet here to its arrival when the link is idle. */
    public long idlePs(int wireBytes) {
        return transmitter.idlePs(wireBytes);
    }

    /** Header credits of a flow class that this end may still use. */
    int availableHeaders(int flow) {
        return transmitter.credits().availableHeaders(flow);
    }

    /** Data credits of a flow class that this end may still use. */
    int availableData(int flow) {
        return transmitter.credits().availableData(flow);
    }

    Transmitter transmitter() {
        return transmitter;
    }

    Receiver receiver() {
        return receiver;
    }
}
