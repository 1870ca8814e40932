package svasim.pcie.fabric;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import svasim.kernel.Kernel;
import svasim.pcie.config.BridgeHeader;
import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.Tlp;
import svasim.units.Picoseconds;

/** A root port, a switch with two ports, and a function that only records behind each. */
final class SwitchRig {
    static final int LEFT = 0x0300;
    static final int RIGHT = 0x0400;
    static final Picoseconds HOP = Picoseconds.ofNanos(105);

    private static final int BAR_BYTES = 4096;

    /** A function that records what arrives, and refuses it if it is told to. */
    final class Recorder implements LinkDevice {
        final List<Tlp> received = new ArrayList<>();
        final List<Long> receivedPs = new ArrayList<>();
        final int requesterId;
        final long bar;
        boolean refuses;

        Recorder(int requesterId, Port port) {
            this.requesterId = requesterId;
            this.bar = port.allocateMmio(BAR_BYTES);
            port.attach(this);
        }

        @Override
        public boolean offer(Tlp tlp, long nowPs) {
            if (refuses) {
                return false;
            }
            received.add(tlp);
            receivedPs.add(nowPs);
            return true;
        }

        @Override
        public String name() {
            return "function " + requesterId;
        }

        @Override
        public int requesterId() {
            return requesterId;
        }

        @Override
        public ConfigurationSpace configuration() {
            return new ConfigurationSpace();
        }

        @Override
        public int maxPayloadBytes() {
            return 128;
        }

        @Override
        public boolean claims(long address) {
            return address >= bar && address < bar + BAR_BYTES;
        }

        @Override
        public long readRegister(long address, int bytes, long nowPs) {
            return received.size();
        }

        @Override
        public void linkReady(long nowPs) {}

        @Override
        public void hotReset(long nowPs) {}

        @Override
        public void removed(long nowPs) {}
    }

    final FabricRig root;
    final Kernel kernel;
    final Switch sw;
    final SwitchPort leftPort;
    final SwitchPort rightPort;
    final Recorder left;
    final Recorder right;

    SwitchRig(SwitchPortConfig leftConfig, SwitchPortConfig rightConfig, Boolean upPrefixes) {
        root = FabricRig.bare();
        kernel = root.kernel;
        SwitchConfig config =
                new SwitchConfig(
                        "rp0",
                        HOP,
                        true,
                        upPrefixes == null ? null : !upPrefixes,
                        4,
                        Map.of("left", leftConfig, "right", rightConfig));
        sw = new Switch("sw0", 0x0100, config, root.port, root.host);
        leftPort = sw.port("left");
        rightPort = sw.port("right");
        number(leftPort, LEFT);
        number(rightPort, RIGHT);
        left = new Recorder(LEFT, leftPort);
        right = new Recorder(RIGHT, rightPort);
    }

    /** Access control services on, as firmware leaves them by default. */
    static SwitchRig isolating() {
        return new SwitchRig(new SwitchPortConfig(), new SwitchPortConfig(), null);
    }

    /** Without access control services. */
    static SwitchRig open() {
        return new SwitchRig(noAcs(), noAcs(), null);
    }

    static SwitchPortConfig noAcs() {
        return new SwitchPortConfig(null, null, null, false, null, null);
    }

    private static void number(SwitchPort port, int requesterId) {
        port.configuration().write(BridgeHeader.SECONDARY_BUS, 1, requesterId >>> 8);
        port.configuration().write(BridgeHeader.SUBORDINATE_BUS, 1, requesterId >>> 8);
    }

    void sendLeft(Tlp tlp) {
        if (!leftPort.upstream().offer(tlp, kernel.nowPs())) {
            throw new AssertionError("refused: " + tlp);
        }
    }

    void run() {
        kernel.runUntilQuiet();
    }

    /** Status of the only completion that the left function has got. */
    CompletionStatus leftStatus() {
        return ((Tlp.Completion) left.received.get(0)).status();
    }

    List<String> happened() {
        return root.happened;
    }
}
