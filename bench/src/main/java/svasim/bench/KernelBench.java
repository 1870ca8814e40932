package svasim.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import svasim.bench.micro.KernelWorkload;

/**
 * Prints one line per workload and number of pending events. Each point is measured in a Java
 * machine of its own, so that none profits or suffers from what was compiled for another.
 */
public final class KernelBench {
    private static final String USAGE =
            "usage: java -jar bench.jar [WORKLOAD [N]], WORKLOAD one of exp, bimodal, comp, compps";

    private KernelBench() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length == 2) {
            measureHere(workload(arguments[0]), arguments[1]);
        } else if (arguments.length == 1) {
            measureEachPoint(workload(arguments[0]));
        } else if (arguments.length == 0) {
            for (KernelWorkload workload : KernelWorkload.values()) {
                measureEachPoint(workload);
            }
        } else {
            refuse();
        }
    }

    private static void measureHere(KernelWorkload workload, String pending) {
        System.out.println(new KernelMeasurement(workload, Integer.parseInt(pending)).measure());
    }

    private static void measureEachPoint(KernelWorkload workload)
            throws IOException, InterruptedException {
        for (int pending : workload.points()) {
            int code = new ProcessBuilder(command(workload, pending)).inheritIO().start().waitFor();
            if (code != 0) {
                System.exit(code);
            }
        }
    }

    private static List<String> command(KernelWorkload workload, int pending) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>();
        command.addAll(List.of(java, "-XX:+UseSerialGC", "-Xms1g", "-Xmx1g"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(KernelBench.class.getName(), workload.name()));
        command.add(Integer.toString(pending));
        return command;
    }

    private static KernelWorkload workload(String name) {
        try {
            return KernelWorkload.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            refuse();
            throw e;
        }
    }

    private static void refuse() {
        System.err.println(USAGE);
        System.exit(64);
    }
}
