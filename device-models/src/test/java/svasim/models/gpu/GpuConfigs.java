package svasim.models.gpu;

import svasim.device.DriverStyle;
import svasim.models.gpu.config.GpuConfig;
import svasim.models.gpu.config.GpuConfig.Faults;
import svasim.models.gpu.config.GpuConfig.Preemption;
import svasim.models.gpu.config.LocalMemoryConfig;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;

/** Configurations for tests: what is not said takes its default. */
public final class GpuConfigs {
    private Integer computeUnits;
    private Integer wavefronts;
    private Faults faults;
    private Integer queues;
    private Integer vmids;
    private Picoseconds quantum;
    private Preemption preemption;
    private Picoseconds restoreAfter;
    private LocalMemoryConfig local;
    private DriverStyle driver;

    public static GpuConfigs with() {
        return new GpuConfigs();
    }

    public GpuConfigs shape(int units, int waves) {
        computeUnits = units;
        wavefronts = waves;
        return this;
    }

    public GpuConfigs faults(Faults kind) {
        faults = kind;
        return this;
    }

    public GpuConfigs slots(int count, int contexts) {
        queues = count;
        vmids = contexts;
        return this;
    }

    public GpuConfigs quantum(int micros) {
        quantum = Picoseconds.ofMicros(micros);
        return this;
    }

    public GpuConfigs preemption(Preemption how) {
        preemption = how;
        return this;
    }

    public GpuConfigs restoreAfter(int micros) {
        restoreAfter = Picoseconds.ofMicros(micros);
        return this;
    }

    /** A discrete GPU that asks for memory to come near at the first access. */
    public GpuConfigs local(int pages, int granulePages) {
        return local(pages, granulePages, 1);
    }

    public GpuConfigs local(int pages, int granulePages, int threshold) {
        local =
                new LocalMemoryConfig(
                        new ByteSize(pages * 4096L),
                        new ByteSize(granulePages * 4096L),
                        threshold,
                        null,
                        null,
                        null);
        return this;
    }

    public GpuConfigs driver(DriverStyle style) {
        driver = style;
        return this;
    }

    public GpuConfig build() {
        return new GpuConfig(
                computeUnits,
                wavefronts,
                null,
                null,
                null,
                null,
                null,
                null,
                faults,
                null,
                queues,
                vmids,
                quantum,
                preemption,
                restoreAfter,
                local,
                driver);
    }
}
