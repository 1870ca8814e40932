package svasim.guest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import svasim.cpu.InterruptRoutes;
import svasim.os.Os;
import svasim.os.file.FileOperations;
import svasim.os.procedure.Call;
import svasim.os.program.ProcessSpec;
import svasim.os.program.Program;
import svasim.os.program.Step;

/**
 * The virtual machine monitor of a guest: a process of the host, named as the guest, that opens the
 * file of the virtual machine and those of its devices, runs the virtual cores until the guest
 * switches itself off, and exits. Whoever kills it kills the guest.
 */
public final class Vmm {
    private static final String RUN = "run";

    private Vmm() {}

    /**
     * Adds the monitor and its files to the host; it starts with the other processes.
     *
     * @param devices whole functions that the guest has
     * @param parts devices that are composed for it
     */
    public static void add(
            Guest guest,
            List<GuestFunction> devices,
            List<ComposedFunction> parts,
            Os host,
            InterruptRoutes routes) {
        List<FileOperations> files = new ArrayList<>();
        KvmFile machine = new KvmFile(guest);
        files.add(machine);
        devices.forEach(device -> files.add(new VfioFile(guest, device, machine, routes)));
        parts.forEach(part -> files.add(new MdevFile(guest, part, machine)));
        List<Step> steps = new ArrayList<>();
        for (FileOperations file : files) {
            host.add(file, Call.nothing());
            steps.add(new Step.Open(file.name()));
        }
        steps.add(new Step.Submit(files.get(0).name(), RUN, new KvmFile.KvmRun()));
        steps.add(new Step.Await(RUN));
        host.add(new ProcessSpec(guest.name(), Map.of(), Map.of("main", new Program(steps))));
    }
}
