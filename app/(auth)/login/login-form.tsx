// E-mail and password, and the demo accounts as one-click fills.
"use client";

import { Eye, EyeOff } from "lucide-react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useTranslations } from "#app/_i18n/use-translations.tsx";
import { Avatar } from "#app/_ui/avatar.tsx";
import { buttonClass } from "#app/_ui/button.tsx";
import { DEMO_PASSWORD } from "#prisma/seed/people.ts";
import type { DemoPerson } from "./demo-people.ts";

const input =
  "mt-1.5 block h-11 w-full rounded-md border border-line-strong bg-paper px-3 text-base text-ink outline-offset-0 sm:h-10 sm:text-sm";

/** `callback` is a path of this site. */
export function LoginForm({ callback, demoPeople }: { callback: string; demoPeople: DemoPerson[] }) {
  const words = useTranslations("login");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [isShown, setShown] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const [isLive, setLive] = useState(false);
  const submit = useRef<HTMLButtonElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);
  useEffect(() => setLive(true), []);

  const logIn = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    // What the fields hold: something typed or filled in before the page was live is not in the state.
    const typed = new FormData(event.currentTarget);
    const [email, password] = [String(typed.get("email")), String(typed.get("password"))];
    setBusy(true);
    setProblem("");
    const answer = await signIn(email, password).catch(() => undefined);
    if (answer?.ok) {
      location.assign(callback);
      return;
    }
    setBusy(false);
    setProblem(explain(answer?.error, words));
    // The button that had the focus was disabled meanwhile; what is typed next is the password again.
    passwordField.current?.focus();
    passwordField.current?.select();
  };

  const fill = (person: DemoPerson) => {
    setEmail(person.email);
    setPassword(DEMO_PASSWORD);
    setProblem("");
    submit.current?.focus();
  };

  return (
    <>
      <form onSubmit={logIn} className="mt-7">
        <label htmlFor="email" className="font-medium">
          {words("email")}
        </label>
        <input
          id="email"
          name="email"
          className={input}
          type="email"
          autoComplete="username"
          required
          value={email}
          onChange={(event) => setEmail(event.target.value)}
          aria-describedby="problem"
        />
        <label htmlFor="password" className="mt-4 block font-medium">
          {words("password")}
        </label>
        <div className="relative">
          <input
            ref={passwordField}
            id="password"
            name="password"
            className={`${input} pe-12`}
            type={isShown ? "text" : "password"}
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            aria-describedby="problem"
          />
          <button
            type="button"
            aria-label={words("showPassword")}
            aria-pressed={isShown}
            className="absolute inset-e-0 inset-y-0 grid w-11 place-items-center rounded-md text-ink-3 hover:text-ink"
            onClick={() => setShown(!isShown)}
          >
            {isShown ? <EyeOff size={18} strokeWidth={1.75} /> : <Eye size={18} strokeWidth={1.75} />}
          </button>
        </div>
        <p id="problem" role="alert" className="mt-3 text-bad empty:hidden">
          {problem}
        </p>
        <button
          ref={submit}
          type="submit"
          disabled={isBusy || !isLive}
          className={buttonClass("filled", "mt-5 h-11! w-full sm:h-10!")}
        >
          {isBusy ? words("busy") : words("name")}
        </button>
      </form>
      {demoPeople.length > 0 ? <DemoPeople people={demoPeople} onChoose={fill} /> : null}
    </>
  );
}

function DemoPeople({ people, onChoose }: { people: DemoPerson[]; onChoose(person: DemoPerson): void }) {
  const words = useTranslations("login");
  return (
    <section aria-labelledby="demo" className="mt-8 border-t border-line pt-6">
      <h2 id="demo" className="font-semibold">
        {words("demoTitle")}
      </h2>
      <p className="mt-1 text-pretty text-ink-2">{words("demoText")}</p>
      <ul className="mt-4 grid gap-2 min-[360px]:grid-cols-2">
        {people.map((person) => (
          <li key={person.email}>
            <button
              type="button"
              onClick={() => onChoose(person)}
              className="flex w-full items-center gap-2.5 rounded-lg border border-line bg-raised p-2.5 text-start transition-colors duration-100 hover:border-line-strong hover:bg-hover"
            >
              <Avatar person={person} />
              <span className="min-w-0">
                <span className="block truncate font-medium">{person.name}</span>
                <span className="block truncate text-xs text-ink-3">{words(`role.${person.role}`)}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Its code comes when somebody signs in, so that the page is here sooner. */
async function signIn(email: string, password: string) {
  const { signIn } = await import("next-auth/react");
  return await signIn("credentials", { email, password, redirect: false });
}

/** What the server's answer means for a person. It never says which of the two was wrong. */
function explain(error: string | null | undefined, words: ReturnType<typeof useTranslations<"login">>): string {
  const wait = /^TooManyAttempts:(\d+)$/.exec(error ?? "")?.[1];
  if (wait) return words("tooMany", { minutes: Math.ceil(Number(wait) / 60) });
  if (error === "CredentialsSignin") return words("wrong");
  return words("noAnswer");
}
