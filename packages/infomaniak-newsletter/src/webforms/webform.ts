/** One field of a form, as it is written. */
export interface WebformFieldInput {
  readonly id?: number | undefined;
  readonly required?: boolean | undefined;
  readonly selected?: boolean | undefined;
  readonly deleted?: boolean | undefined;
  /** What the visitor is told when the field is wrong; at most 255 characters. */
  readonly error?: string | undefined;
}

/** Everything that can be said of a form. Texts have at most 255 characters, `subtitle` and `rgpdMsg` 1,000, `notifyLang` 5. */
export interface WebformInput {
  readonly name?: string | undefined;
  readonly title?: string | undefined;
  readonly subtitle?: string | undefined;
  readonly button?: string | undefined;
  readonly placeholder?: boolean | undefined;
  /** Name of a theme, see `webforms.listThemes`. */
  readonly design?: string | undefined;
  readonly fields?: readonly WebformFieldInput[] | undefined;
  /** Groups that a new subscriber joins. */
  readonly groups?: readonly number[] | undefined;
  readonly msgOk?: string | undefined;
  readonly rgpd?: boolean | undefined;
  readonly rgpdMsg?: string | undefined;
  readonly notify?: boolean | undefined;
  readonly notifyAddress?: string | undefined;
  readonly notifyLang?: string | undefined;
  readonly confirmationUrl?: string | undefined;
  readonly validationUrl?: string | undefined;
  readonly emailTitle?: string | undefined;
  readonly emailFromAddr?: string | undefined;
  readonly emailFromName?: string | undefined;
}

/** A subscription form. Flags are texts here although they are written as booleans; that is the service's way. */
export interface Webform {
  readonly id: number;
  readonly name: string;
  readonly title: string;
  readonly subtitle: string;
  readonly button: string;
  readonly msgOk: string;
  readonly msgOkRedir: string;
  readonly placeholder: string;
  readonly design: string;
  readonly rgpd: string;
  readonly rgpdMsg: string;
  readonly notify: string;
  readonly notifyAddress: string;
  readonly notifyLang: string;
  readonly confirmationUrl: string | null;
  readonly validationUrl: string | null;
  readonly templateEmailId: number;
  readonly templateConfirmationId: number;
  readonly templateValidationId: number;
  readonly emailTitle: string;
  readonly emailFromAddr: string;
  readonly emailFromName: string;
  /** Snippets to embed the form. */
  readonly codes?: readonly unknown[] | undefined;
  readonly fields?: readonly unknown[] | undefined;
  readonly groups?: readonly unknown[] | undefined;
  readonly statistics?: Readonly<Record<string, unknown>> | undefined;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
