/* SPDX-License-Identifier: MIT */
/*
 * list.h - doubly linked circular lists whose links live in the listed objects.
 *
 * A list head and an object's link are the same struct.  An empty head and a link that is on no
 * list point to themselves, so list_remove() may be called twice and list_is_empty(link) asks
 * whether an object is on some list.  Nothing here locks.
 */
#pragma once

#include "lib/types.h"

struct list {
	struct list *next, *previous;
};

#define LIST_INIT(name) { &(name), &(name) }

static inline void list_init(struct list *list)
{
	list->next = list->previous = list;
}

static inline bool list_is_empty(const struct list *list)
{
	return list->next == list;
}

static inline void list_insert_between(struct list *link, struct list *before, struct list *after)
{
	link->previous = before;
	link->next = after;
	before->next = link;
	after->previous = link;
}

static inline void list_add_first(struct list *head, struct list *link)
{
	list_insert_between(link, head, head->next);
}

static inline void list_add_last(struct list *head, struct list *link)
{
	list_insert_between(link, head->previous, head);
}

static inline void list_remove(struct list *link)
{
	link->previous->next = link->next;
	link->next->previous = link->previous;
	list_init(link);
}

/* The object at the front, or NULL. */
#define list_first(head, type, member)                                                             \
	(list_is_empty(head) ? NULL : container_of((head)->next, type, member))
#define list_last(head, type, member)                                                              \
	(list_is_empty(head) ? NULL : container_of((head)->previous, type, member))

#define list_for_each(item, head, member)                                  \
	for (item = container_of((head)->next, __typeof__(*item), member); \
	     &item->member != (head);                                      \
	     item = container_of(item->member.next, __typeof__(*item), member))

/* As list_for_each; the body may remove (and free) `item`. */
#define list_for_each_safe(item, following, head, member)                           \
	for (item = container_of((head)->next, __typeof__(*item), member),          \
	    following = container_of(item->member.next, __typeof__(*item), member); \
	     &item->member != (head); item = following,                             \
	    following = container_of(item->member.next, __typeof__(*item), member))
