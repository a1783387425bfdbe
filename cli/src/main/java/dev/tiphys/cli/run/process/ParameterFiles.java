package dev.tiphys.cli.run.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * The parameters of an instance as files, as a pod finds them below {@code /tiphys/params}. Each is
 * replaced as a whole: who reads one sees a value that there was.
 */
record ParameterFiles(Path folder) {
  /** Of the instance that has this folder. */
  static ParameterFiles below(Path instance) {
    return new ParameterFiles(instance.resolve("params"));
  }

  void write(Map<String, String> parameters) throws IOException {
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      Files.createDirectories(folder);
      // beside the folder, where nobody looks for parameters
      Path next = Files.createTempFile(folder.getParent(), ".param-", "");
      Files.writeString(next, parameter.getValue());
      Files.move(next, folder.resolve(parameter.getKey()), StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
