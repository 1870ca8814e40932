package svasim.cli;

import picocli.CommandLine.IVersionProvider;

/** Name and version, and what it runs on. */
final class Version implements IVersionProvider {
    static final String NUMBER = "1.0";

    @Override
    public String[] getVersion() {
        return new String[] {
            "svasim " + NUMBER,
            "Java " + System.getProperty("java.version") + ", " + System.getProperty("os.name")
        };
    }
}
