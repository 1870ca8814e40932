package svasim.models.rogue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import svasim.kernel.Choices;
import svasim.kernel.Kernel;
import svasim.machine.DeviceConfig;
import svasim.machine.IommuConfig;
import svasim.machine.Machine;
import svasim.machine.MachineConfig;
import svasim.os.OsConfig;
import svasim.os.defect.Defects;
import svasim.os.file.JobResult;
import svasim.os.iommu.IommuOptions;
import svasim.os.program.Buffer;
import svasim.os.program.ProcessSpec;
import svasim.os.program.Program;
import svasim.os.program.Step;
import svasim.pcie.fabric.AccessControlConfig;
import svasim.pcie.fabric.RootPortConfig;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;

/** A rogue function behind a port of its own, opened by an attacker; and a victim's memory. */
final class RogueUnderTest {
    static final String PORT = "rp0";
    static final ByteSize PAGE = new ByteSize(4096);

    private final IommuConfig.Unit unit;
    private boolean trusted = true;
    private AccessControlConfig accessControl = new AccessControlConfig();
    private Machine machine;

    RogueUnderTest(IommuConfig.Unit unit) {
        this.unit = unit;
    }

    RogueUnderTest untrusted() {
        trusted = false;
        return this;
    }

    RogueUnderTest blockingTranslations() {
        accessControl = new AccessControlConfig(null, null, null, null, true, null, null);
        return this;
    }

    /** Attacks follow each other; the victim stays until they have ended. */
    RogueUnderTest attack(Step... steps) {
        Step[] all = new Step[steps.length + 2];
        all[0] = new Step.Open("rogue0", false);
        all[1] = new Step.Sleep(Picoseconds.ofMicros(50));
        System.arraycopy(steps, 0, all, 2, steps.length);
        ProcessSpec attacker =
                new ProcessSpec(
                        "attacker", buffers(Buffer.Fill.RANDOM), Map.of("main", Program.of(all)));
        ProcessSpec victim =
                new ProcessSpec(
                        "victim",
                        buffers(Buffer.Fill.COUNTING),
                        Map.of("main", Program.of(new Step.Sleep(Picoseconds.ofMicros(20_000)))));
        MachineConfig hardware =
                new MachineConfig(
                        null,
                        null,
                        null,
                        null,
                        IommuConfig.of(unit),
                        Map.of(
                                PORT,
                                new RootPortConfig(
                                        null, null, null, null, null, accessControl, null)),
                        null,
                        Map.of("rogue0", new DeviceConfig("rogue", PORT, null, null)));
        machine =
                new Machine(
                        new Machine.Plan(hardware, os(), Defects.NONE, List.of(attacker, victim)),
                        1,
                        Choices.PLAIN);
        assertEquals(Kernel.End.QUIET, machine.run(Picoseconds.PER_SECOND, 50_000_000));
        return this;
    }

    Machine machine() {
        return machine;
    }

    String status(String job) {
        JobResult result = machine.os().process("attacker").job(job).result();
        return result == null ? "none" : result.status();
    }

    long count(String name) {
        return machine.hardware().statistics().counters().get(name).value();
    }

    static Step submit(Attack attack, RogueWork.Operation op, String as) {
        return submit(attack, op, null, 4, as);
    }

    static Step submit(
            Attack attack, RogueWork.Operation op, Integer requester, int count, String as) {
        return new Step.Submit(
                "rogue0",
                as,
                new RogueWork(
                        attack,
                        op,
                        attack == Attack.STALE_TRANSLATION ? "own" : "page",
                        new ByteSize(1L << 32),
                        ByteSize.ofMiB(64),
                        requester,
                        count));
    }

    private OsConfig os() {
        List<String> untrusted = trusted ? List.of() : List.of("rogue0");
        IommuOptions options =
                new IommuOptions(null, null, untrusted, null, null, null, null, null, null, null);
        return new OsConfig(null, null, null, null, options, null);
    }

    private static Map<String, Buffer> buffers(Buffer.Fill fill) {
        Map<String, Buffer> buffers = new LinkedHashMap<>();
        buffers.put("page", new Buffer(PAGE, fill));
        buffers.put("own", new Buffer(PAGE, Buffer.Fill.RANDOM));
        return buffers;
    }
}
