package svasim.bench.micro;

import java.util.List;
import svasim.kernel.Kernel;

/** The workloads, with the numbers of pending events at which peers were measured. */
public enum KernelWorkload {
    /** Hold model, exponential increments. */
    EXP(64, 1_024, 65_536, 1_048_576) {
        @Override
        public void start(Kernel kernel, Meter meter, int pending) {
            HoldModel.start(kernel, meter, pending, Increments.exponential());
        }
    },
    /** Hold model, mostly near and some far increments. */
    BIMODAL(64, 1_024, 65_536, 1_048_576) {
        @Override
        public void start(Kernel kernel, Meter meter, int pending) {
            HoldModel.start(kernel, meter, pending, Increments.bimodal());
        }
    },
    /** Component model, latencies in ticks. */
    COMP(64, 1_024, 16_384, 65_536) {
        @Override
        public void start(Kernel kernel, Meter meter, int pending) {
            ComponentModel.start(kernel, meter, pending, 1);
        }
    },
    /** Component model, latencies in thousands of ticks, as picoseconds have them. */
    COMPPS(64, 1_024, 16_384, 65_536) {
        @Override
        public void start(Kernel kernel, Meter meter, int pending) {
            ComponentModel.start(kernel, meter, pending, 1_000);
        }
    };

    static final long SEED = 42;

    private final List<Integer> points;

    KernelWorkload(Integer... points) {
        this.points = List.of(points);
    }

    /** Numbers of pending events to measure at. */
    public List<Integer> points() {
        return points;
    }

    /** Schedules the first events; from then on as many are always pending. */
    public abstract void start(Kernel kernel, Meter meter, int pending);
}
