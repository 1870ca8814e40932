package svasim.models.nic.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import svasim.device.load.Arrivals;
import svasim.kernel.Choices;
import svasim.kernel.Kernel;
import svasim.machine.DeviceConfig;
import svasim.machine.IommuConfig;
import svasim.machine.Machine;
import svasim.machine.MachineConfig;
import svasim.models.nic.config.NicConfig;
import svasim.models.nic.config.NicWork;
import svasim.os.OsConfig;
import svasim.os.defect.Defects;
import svasim.os.iommu.DomainType;
import svasim.os.iommu.IommuOptions;
import svasim.os.program.ProcessSpec;
import svasim.os.program.Program;
import svasim.os.program.Step;
import svasim.pcie.fabric.RootPortConfig;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;

/** A whole machine with a network card and a program that wants traffic. */
final class NicMachine {
    private final IommuConfig.Unit unit;
    private final DomainType domain;
    private final Map<String, DeviceConfig> devices = new TreeMap<>();

    NicMachine(IommuConfig.Unit unit, DomainType domain) {
        this.unit = unit;
        this.domain = domain;
    }

    NicMachine with(NicConfig config) {
        return with("nic0", new DeviceConfig("nic", "rp0", null, config));
    }

    NicMachine with(String name, DeviceConfig device) {
        devices.put(name, device);
        return this;
    }

    /** Runs processes to the end, which has to come. */
    Machine run(ProcessSpec... processes) {
        MachineConfig hardware =
                new MachineConfig(
                        null,
                        null,
                        null,
                        null,
                        IommuConfig.of(unit),
                        Map.of("rp0", new RootPortConfig()),
                        null,
                        devices);
        OsConfig os = new OsConfig(null, null, null, null, IommuOptions.of(domain), null);
        Machine.Plan plan = new Machine.Plan(hardware, os, Defects.NONE, List.of(processes));
        Machine machine = new Machine(plan, 1, Choices.PLAIN);
        assertEquals(Kernel.End.QUIET, machine.run(Picoseconds.PER_SECOND, 50_000_000));
        assertEquals(List.of(), machine.waitingFor());
        return machine;
    }

    /** A process that does this with a card, and waits for its end. */
    static ProcessSpec process(String name, String card, NicWork work) {
        Program program =
                Program.of(
                        new Step.Open(card),
                        new Step.Submit(card, "run", work),
                        new Step.Await("run"));
        return new ProcessSpec(name, Map.of(), Map.of("main", program));
    }

    static NicWork loopback(int bytes, int count, int depth) {
        return new NicWork(
                NicWork.Operation.LOOPBACK,
                new ByteSize(bytes),
                count,
                null,
                null,
                Arrivals.Process.CLOSED,
                depth,
                null,
                null,
                true);
    }

    /** Packets of which so many are under way at once. */
    static NicWork closed(NicWork.Operation op, int bytes, int count, int depth) {
        return new NicWork(
                op, new ByteSize(bytes), count, null, null, null, depth, null, null, null);
    }

    static NicWork open(NicWork.Operation op, Arrivals.Process arrivals, int count, long ps) {
        Integer burst = arrivals == Arrivals.Process.BURSTS ? 8 : null;
        return new NicWork(
                op,
                new ByteSize(1500),
                count,
                null,
                null,
                arrivals,
                null,
                new Picoseconds(ps),
                burst,
                true);
    }

    static long count(Machine machine, String name) {
        return machine.hardware().statistics().counters().get(name).value();
    }

    static Histogram latency(Machine machine, String name) {
        return machine.hardware().statistics().latencies().get(name);
    }
}
