package svasim.models.nic.rdma.verbs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import svasim.kernel.Choices;
import svasim.kernel.Kernel;
import svasim.machine.DeviceConfig;
import svasim.machine.IommuConfig;
import svasim.machine.Machine;
import svasim.machine.MachineConfig;
import svasim.models.nic.config.NicConfig;
import svasim.models.nic.config.NicWork;
import svasim.models.nic.config.OnDemandConfig;
import svasim.models.nic.config.OnDemandConfig.Absent;
import svasim.models.nic.config.OnDemandConfig.Table;
import svasim.os.OsConfig;
import svasim.os.defect.Defects;
import svasim.os.program.Buffer;
import svasim.os.program.ProcessSpec;
import svasim.os.program.Program;
import svasim.os.program.Step;
import svasim.pcie.fabric.RootPortConfig;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;

/** A whole machine with a card that pages on demand. */
final class RdmaMachine {
    static final ByteSize SIZE = ByteSize.ofKiB(64);
    static final Step OPEN = new Step.Open("nic0");

    private RdmaMachine() {}

    static Machine run(IommuConfig.Unit unit, OnDemandConfig config, ProcessSpec... processes) {
        return run(machine(unit, config, processes));
    }

    static Machine machine(IommuConfig.Unit unit, OnDemandConfig config, ProcessSpec... processes) {
        DeviceConfig card = new DeviceConfig("nic", "rp0", null, card(config));
        MachineConfig hardware =
                new MachineConfig(
                        null,
                        null,
                        null,
                        null,
                        IommuConfig.of(unit),
                        Map.of("rp0", new RootPortConfig()),
                        null,
                        Map.of("nic0", card));
        Machine.Plan plan =
                new Machine.Plan(hardware, OsConfig.defaults(), Defects.NONE, List.of(processes));
        return new Machine(plan, 1, Choices.PLAIN);
    }

    static Machine run(Machine machine) {
        assertEquals(Kernel.End.QUIET, machine.run(Picoseconds.PER_SECOND, 50_000_000));
        assertEquals(List.of(), machine.waitingFor());
        assertEquals(List.of(), machine.violations());
        return machine;
    }

    static NicConfig card(OnDemandConfig config) {
        return new NicConfig(
                null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                null, null, config);
    }

    /** A card whose firmware takes this time for everything. */
    static OnDemandConfig fast(Table table, Absent absent, int advisedBytes, long ps) {
        Picoseconds time = new Picoseconds(ps);
        ByteSize advise = new ByteSize(advisedBytes);
        return new OnDemandConfig(
                table, 64, time, time, time, advise, absent, time, new Picoseconds(4 * ps), 16, 2);
    }

    /** A process with two buffers of {@link #SIZE}, which opens the card first. */
    static ProcessSpec process(String name, Step... steps) {
        return process(name, Map.of("main", Program.of(steps)));
    }

    static ProcessSpec process(String name, Map<String, Program> threads) {
        Map<String, Buffer> memory = new LinkedHashMap<>();
        memory.put("src", new Buffer(SIZE, Buffer.Fill.RANDOM));
        memory.put("dst", new Buffer(SIZE, Buffer.Fill.NONE));
        return new ProcessSpec(name, memory, new TreeMap<>(threads));
    }

    static Step write(String as, int bytes, int count) {
        return new Step.Submit("nic0", as, messages(bytes, count, true));
    }

    static Step advise(String buffer) {
        NicWork work =
                new NicWork(
                        NicWork.Operation.ADVISE,
                        null,
                        null,
                        null,
                        buffer,
                        null,
                        null,
                        null,
                        null,
                        null);
        return new Step.Submit("nic0", "advice", work);
    }

    static NicWork messages(int bytes, int count, boolean verify) {
        return new NicWork(
                NicWork.Operation.WRITE,
                new ByteSize(bytes),
                count,
                "src",
                "dst",
                null,
                4,
                null,
                null,
                verify);
    }

    static Step await(String job) {
        return new Step.Await(job);
    }

    static String outcome(Machine machine, String process, String job) {
        return machine.os().process(process).job(job).result().status();
    }

    static long count(Machine machine, String name) {
        return machine.hardware().statistics().counters().get(name).value();
    }
}
