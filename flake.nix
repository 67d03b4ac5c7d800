{
  description = "Read incident reports, see what happened when, compare them on a time axis";

  inputs.nixpkgs.url = "nixpkgs/nixos-unstable";

  outputs =
    { self, nixpkgs }:
    let
      systems = [ "x86_64-linux" "aarch64-linux" "x86_64-darwin" "aarch64-darwin" ];
      each = make: nixpkgs.lib.genAttrs systems (system: make nixpkgs.legacyPackages.${system});
      manifest = (builtins.fromTOML (builtins.readFile ./Cargo.toml)).package;
    in
    {
      packages = each (pkgs: {
        default = pkgs.rustPlatform.buildRustPackage {
          pname = manifest.name;
          inherit (manifest) version;
          src = self;
          cargoLock.lockFile = ./Cargo.lock;
          # The tests need a terminal, and programs that read what is exported.
          doCheck = false;
          nativeBuildInputs = [ pkgs.installShellFiles ];
          postInstall = ''
            $out/bin/sevline man > sevline.1
            for command in $($out/bin/sevline --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]\+\) .*/\1/p'); do
              $out/bin/sevline man $command > sevline-$command.1
            done
            installManPage sevline*.1
            installShellCompletion --cmd sevline \
              --bash <($out/bin/sevline completions bash) \
              --zsh <($out/bin/sevline completions zsh) \
              --fish <($out/bin/sevline completions fish)
          '';
          meta = {
            inherit (manifest) description;
            license = with pkgs.lib.licenses; [ mit asl20 ];
            mainProgram = "sevline";
          };
        };
      });
      devShells = each (pkgs: { default = pkgs.mkShell { inputsFrom = [ self.packages.${pkgs.system}.default ]; }; });
    };
}
