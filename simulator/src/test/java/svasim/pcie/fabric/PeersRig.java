package svasim.pcie.fabric;

import java.util.ArrayList;
import java.util.List;
import svasim.kernel.Kernel;
import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;

/** Two root ports with a function behind each, which answers reads of its BAR. */
final class PeersRig {
    static final int LEFT = 0x0100;
    static final int RIGHT = 0x0200;
    static final int TAG = 9;

    /** A function with one BAR, which it reads from and writes to as if it were memory. */
    final class Memory implements LinkDevice {
        static final int BAR_BYTES = 0x2000;

        final List<Tlp> received = new ArrayList<>();
        final int requesterId;
        final RootPort port;
        final long bar;
        boolean refuses;

        Memory(int requesterId, RootPort port) {
            this.requesterId = requesterId;
            this.port = port;
            this.bar = port.allocateMmio(BAR_BYTES);
            port.header().buses(0, requesterId >>> 8, requesterId >>> 8);
            port.attach(this);
        }

        @Override
        public boolean offer(Tlp tlp, long nowPs) {
            if (refuses) {
                return false;
            }
            received.add(tlp);
            if (tlp instanceof Tlp.MemoryRead read) {
                byte[] data = new byte[read.bytes()];
                data[0] = (byte) received.size();
                send(
                        new Tlp.Completion(
                                requesterId,
                                read.requesterId(),
                                read.tag(),
                                CompletionStatus.SUCCESS,
                                data.length,
                                0,
                                data,
                                Attributes.DEFAULT));
            }
            return true;
        }

        void send(Tlp tlp) {
            if (!port.upstream().offer(tlp, kernel.nowPs())) {
                throw new AssertionError("refused: " + tlp);
            }
        }

        <T extends Tlp> List<T> received(Class<T> type) {
            return received.stream().filter(type::isInstance).map(type::cast).toList();
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
            return 256;
        }

        @Override
        public boolean claims(long address) {
            return address >= bar && address < bar + BAR_BYTES;
        }

        @Override
        public long readRegister(long address, int bytes, long nowPs) {
            return 0;
        }

        @Override
        public void hotReset(long nowPs) {}

        @Override
        public void removed(long nowPs) {}

        @Override
        public void linkReady(long nowPs) {}
    }

    final FabricRig root;
    final Kernel kernel;
    final Memory left;
    final Memory right;

    PeersRig(RootPortConfig leftConfig, RootComplexConfig complex) {
        root = new FabricRig(complex, leftConfig);
        kernel = root.kernel;
        left = new Memory(LEFT, root.port);
        right = new Memory(RIGHT, root.rootComplex.addPort("rp1", new RootPortConfig(), root));
    }

    PeersRig(RootPortConfig leftConfig) {
        this(leftConfig, new RootComplexConfig());
    }

    /** Every service that isolates is on. */
    static PeersRig isolating() {
        return new PeersRig(new RootPortConfig());
    }

    /** Nothing keeps devices from each other. */
    static PeersRig open() {
        return new PeersRig(port(false, new AccessControlConfig()));
    }

    static RootPortConfig port(boolean acs, AccessControlConfig control) {
        return new RootPortConfig(null, null, null, null, acs, control, null);
    }

    Tlp write(long address, AddressType type, int bytes) {
        return new Tlp.MemoryWrite(
                LEFT, address, new byte[bytes], type, pasid(type), Attributes.DEFAULT);
    }

    Tlp read(long address, AddressType type) {
        return new Tlp.MemoryRead(LEFT, TAG, address, 8, type, pasid(type), Attributes.DEFAULT);
    }

    private static PasidPrefix pasid(AddressType type) {
        return type == AddressType.UNTRANSLATED ? new PasidPrefix(5) : null;
    }

    void run() {
        kernel.runUntilQuiet();
    }
}
