package svasim.bench.micro;

import svasim.kernel.EventHandler;
import svasim.kernel.Kernel;
import svasim.kernel.RandomStream;

/** N pending events; each that fires is scheduled again, a drawn increment later. */
final class HoldModel implements EventHandler {
    private static final int INDEX_SHIFT = 52;

    private final Kernel kernel;
    private final Meter meter;
    private final RandomStream random;
    private final long[] increments;

    private HoldModel(Kernel kernel, Meter meter, long[] increments) {
        this.kernel = kernel;
        this.meter = meter;
        this.increments = increments;
        this.random = new RandomStream(KernelWorkload.SEED);
    }

    static void start(Kernel kernel, Meter meter, int events, long[] increments) {
        HoldModel model = new HoldModel(kernel, meter, increments);
        for (int id = 0; id < events; id++) {
            kernel.at(model.draw(), model, 0, id);
        }
    }

    @Override
    public void handle(long now, int kind, long id) {
        meter.fired(now, (int) id);
        kernel.after(draw(), this, 0, id);
    }

    private long draw() {
        return increments[(int) (random.next() >>> INDEX_SHIFT)];
    }
}
