package svasim.bench.micro;

import svasim.kernel.EventHandler;
import svasim.kernel.Kernel;
import svasim.kernel.RandomStream;

/**
 * Modules of eight classes with four ports each, every port a link of fixed latency to another
 * module; as many messages as ports are always under way.
 */
final class ComponentModel {
    private static final int PORTS = 4;
    private static final int LATENCY_SHIFT = 60;
    private static final long[] LATENCIES = {
        1, 2, 4, 5, 8, 10, 20, 40, 50, 100, 200, 250, 400, 500, 1000, 2000
    };

    private final Kernel kernel;
    private final Meter meter;
    private final Module[] modules;
    private final Module[] neighbours;
    private final long[] latencies;

    private ComponentModel(Kernel kernel, Meter meter, int count) {
        this.kernel = kernel;
        this.meter = meter;
        this.modules = new Module[count];
        this.neighbours = new Module[count * PORTS];
        this.latencies = new long[count * PORTS];
    }

    /**
     * @param messages four per module
     * @param scale factor of every latency
     */
    static void start(Kernel kernel, Meter meter, int messages, long scale) {
        ComponentModel model = new ComponentModel(kernel, meter, messages / PORTS);
        RandomStream random = new RandomStream(KernelWorkload.SEED);
        model.connect(random, scale);
        model.send(random, messages);
    }

    private void connect(RandomStream random, long scale) {
        int count = modules.length;
        for (int i = 0; i < count; i++) {
            modules[i] = create(i);
        }
        int[] strides = {1, 3, count / 4 + 1, count / 2 + 1};
        for (int link = 0; link < neighbours.length; link++) {
            neighbours[link] = modules[(link / PORTS + strides[link % PORTS]) % count];
            latencies[link] = LATENCIES[(int) (random.next() >>> LATENCY_SHIFT)] * scale;
        }
        for (Module module : modules) {
            module.state = random.next();
        }
    }

    private void send(RandomStream random, int messages) {
        for (int j = 0; j < messages; j++) {
            kernel.at(1 + j % 7, modules[j % modules.length], 0, random.next());
        }
    }

    private Module create(int index) {
        return switch (index % 8) {
            case 0 -> new Module0(this, index);
            case 1 -> new Module1(this, index);
            case 2 -> new Module2(this, index);
            case 3 -> new Module3(this, index);
            case 4 -> new Module4(this, index);
            case 5 -> new Module5(this, index);
            case 6 -> new Module6(this, index);
            default -> new Module7(this, index);
        };
    }

    /** What all modules do; the subclasses make the kernel dispatch, as in a real simulator. */
    private abstract static class Module implements EventHandler {
        private static final long MULTIPLIER = 6364136223846793005L;
        private static final int PORT_SHIFT = 62;

        private final ComponentModel network;
        private final int index;
        private long state;

        Module(ComponentModel network, int index) {
            this.network = network;
            this.index = index;
        }

        final void receive(long now, long message) {
            network.meter.fired(now, index);
            state = state * MULTIPLIER + message;
            int link = index * PORTS + (int) (state >>> PORT_SHIFT);
            network.kernel.after(network.latencies[link], network.neighbours[link], 0, state ^ now);
        }
    }

    private static final class Module0 extends Module {
        Module0(ComponentModel network, int index) {
            super(network, index);
        }

        @Override
        public void handle(long now, int kind, long message) {
            receive(now, message);
        }
    }

    private static final class Module1 extends Module {
        Module1(ComponentModel network, int index) {
            super(network, index);
        }

        @Override
        public void handle(long now, int kind, long message) {
            receive(now, message);
        }
    }

    private static final class Module2 extends Module {
        Module2(ComponentModel network, int index) {
            super(network, index);
        }

        @Override
        public void handle(long now, int kind, long message) {
            receive(now, message);
        }
    }

    private static final class Module3 extends Module {
        Module3(ComponentModel network, int index) {
            super(network, index);
        }

        @Override
        public void handle(long now, int kind, long message) {
            receive(now, message);
        }
    }

    private static final class Module4 extends Module {
        Module4(ComponentModel network, int index) {
            super(network, index);
        }

        @Override
        public void handle(long now, int kind, long message) {
            receive(now, message);
        }
    }

    private static final class Module5 extends Module {
        Module5(ComponentModel network, int index) {
            super(network, index);
        }

        @Override
        public void handle(long now, int kind, long message) {
            receive(now, message);
        }
    }

    private static final class Module6 extends Module {
        Module6(ComponentModel network, int index) {
            super(network, index);
        }

        @Override
        public void handle(long now, int kind, long message) {
            receive(now, message);
        }
    }

    private static final class Module7 extends Module {
        Module7(ComponentModel network, int index) {
            super(network, index);
        }

        @Override
        public void handle(long now, int kind, long message) {
            receive(now, message);
        }
    }
}
