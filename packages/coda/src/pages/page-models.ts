import type { Icon } from '../docs/doc-models.ts';

/** A person as the service writes it (JSON-LD). */
export interface PersonReference {
  readonly '@context': string;
  readonly '@type': 'Person';
  readonly name: string;
  readonly email?: string | undefined;
}

export interface PageReference {
  readonly id: string;
  readonly type: 'page';
  readonly href: string;
  readonly browserLink: string;
  readonly name: string;
}

export interface Page extends PageReference {
  readonly subtitle?: string | undefined;
  readonly icon?: Icon | undefined;
  readonly image?: { readonly browserLink: string; readonly type?: string; readonly width?: number; readonly height?: number } | undefined;
  /** Only `canvas` pages have content that can be read, written and exported. */
  readonly contentType: 'canvas' | 'embed' | 'syncPage' | 'table';
  readonly isHidden: boolean;
  /** Hidden itself, or below a hidden page. */
  readonly isEffectivelyHidden: boolean;
  readonly parent?: PageReference | undefined;
  readonly children: readonly PageReference[];
  readonly authors?: readonly PersonReference[] | undefined;
  readonly createdAt?: Date | undefined;
  readonly createdBy?: PersonReference | undefined;
  readonly updatedAt?: Date | undefined;
  readonly updatedBy?: PersonReference | undefined;
}

export type PageContentFormat = 'html' | 'markdown';

export interface CanvasContent {
  readonly format: PageContentFormat;
  readonly content: string;
}

/** What a new page holds. */
export type NewPageContent =
  | { readonly type: 'canvas'; readonly canvasContent: CanvasContent }
  | { readonly type: 'embed'; readonly url: string; readonly renderMethod?: 'compatibility' | 'standard' | undefined }
  | { readonly type: 'syncPage'; readonly mode: 'page'; readonly sourceDocId: string; readonly sourcePageId: string; readonly includeSubpages: boolean }
  | { readonly type: 'syncPage'; readonly mode: 'document'; readonly sourceDocId: string };

export interface PageProperties {
  readonly name?: string | undefined;
  readonly subtitle?: string | undefined;
  /** Name of an icon: `rocket`. */
  readonly iconName?: string | undefined;
  /** Cover image. */
  readonly imageUrl?: string | undefined;
}

export interface CreatePageInput extends PageProperties {
  /** Default: a page at the top. */
  readonly parentPageId?: string | undefined;
  /** Default: an empty canvas. */
  readonly pageContent?: NewPageContent | undefined;
}

export interface PageContentUpdate {
  readonly insertionMode: 'append' | 'prepend' | 'replace';
  /** Relative to this element (an id of `listPageContent`). Default: to the whole page. */
  readonly elementId?: string | undefined;
  readonly canvasContent: CanvasContent;
}

export interface UpdatePageInput extends PageProperties {
  readonly isHidden?: boolean | undefined;
  readonly contentUpdate?: PageContentUpdate | undefined;
}

/** A line of a page as plain text. Tables and dividers are not among them. */
export interface PageContentItem {
  readonly id: string;
  readonly type: 'line';
  readonly itemContent?:
    | {
        readonly style: 'blockQuote' | 'bulletedList' | 'checkboxList' | 'code' | 'collapsibleList' | 'h1' | 'h2' | 'h3' | 'numberedList' | 'paragraph' | 'pullQuote';
        readonly format: 'plainText';
        readonly content: string;
        /** How deep a list item is, from 0. */
        readonly lineLevel?: number | undefined;
      }
    | undefined;
}
