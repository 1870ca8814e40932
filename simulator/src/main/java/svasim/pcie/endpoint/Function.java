package svasim.pcie.endpoint;

import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.fabric.Host;
import svasim.pcie.fabric.LinkDevice;
import svasim.pcie.fabric.RootPort;
import svasim.pcie.tlp.Tlp;

/** One PCI Express function: configuration space, BARs, DMA, interrupts. */
public final class Function implements LinkDevice {
    /** Attaches a function to the link below a port. */
    public Function(String name, int requesterId, EndpointConfig config, RootPort port, Host host) {
        throw new UnsupportedOperationException();
    }

    /**
     * Gives the function a BAR of this size and places it.
     *
     * @return physical address
     */
    public long addBar(int bar, long bytes) {
        throw new UnsupportedOperationException();
    }

    /** Physical address of a BAR. */
    public long barAddress(int bar) {
        throw new UnsupportedOperationException();
    }

    /** Who answers accesses to the BARs; must be set before the first. */
    public void barHandler(BarHandler handler) {
        throw new UnsupportedOperationException();
    }

    public Dma dma() {
        throw new UnsupportedOperationException();
    }

    /** Sends a message-signalled interrupt, behind everything written so far. */
    public void interrupt(long address, int data) {
        throw new UnsupportedOperationException();
    }

    /** Function level reset: everything under way is discarded, ATS, PRI and PASID are off. */
    public void reset() {
        throw new UnsupportedOperationException();
    }

    /** What has to happen before the function is idle; empty if it is. For reports of hangs. */
    public String waitingFor() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String name() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int requesterId() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ConfigurationSpace configuration() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int maxPayloadBytes() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean claims(long address) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long readRegister(long address, int bytes, long nowPs) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void linkReady(long nowPs) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean offer(Tlp tlp, long nowPs) {
        throw new UnsupportedOperationException();
    }
}
